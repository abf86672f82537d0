package dev.trackside.access;

/** Who may follow a runner. */
public enum Visibility {
  /** Everybody. */
  PUBLIC,
  /** Who has the runner's key or that of a link. */
  LINK
}
