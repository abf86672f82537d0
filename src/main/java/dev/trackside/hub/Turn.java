package dev.trackside.hub;

import java.util.ArrayList;
import java.util.List;

/** The lanes that one thread found idle and drains at the end of its read. */
final class Turn {
  private final List<Runnable> drains = new ArrayList<>();
  private boolean held;

  void hold() {
    held = true;
  }

  /** Takes a drain to run it later; returns false when nothing is held. */
  boolean take(Runnable drain) {
    if (held) {
      drains.add(drain);
    }
    return held;
  }

  void release() {
    held = false;
    while (!drains.isEmpty()) {
      drains.removeLast().run();
    }
  }
}
