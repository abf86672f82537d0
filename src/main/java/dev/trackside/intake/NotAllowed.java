package dev.trackside.intake;

import dev.trackside.access.Right;

/** The client may not publish as the runner; nothing was taken. */
public final class NotAllowed extends Exception {
  private static final long serialVersionUID = 1;

  public final Right right;

  NotAllowed(Right right) {
    super(right.name(), null, false, false);
    this.right = right;
  }
}
