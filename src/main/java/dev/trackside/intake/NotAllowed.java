package dev.trackside.intake;

import dev.trackside.access.Right;

/** Somebody may not publish as a runner: nothing was taken. */
public final class NotAllowed extends Exception {
  private static final long serialVersionUID = 1;

  /** Why not. */
  public final Right right;

  NotAllowed(Right right) {
    super(right.name(), null, false, false);
    this.right = right;
  }
}
