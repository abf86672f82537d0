package dev.trackside.access;

/** Who may follow a runner. */
public enum Visibility {
  /** Everyone. */
  PUBLIC,
  /** Anyone with the runner's key or that of a link. */
  LINK
}
