package dev.trackside.hub;

import java.util.ArrayList;
import java.util.List;

/** One thread's promise to drain the lanes that it found idle, at the end of its read. */
final class Turn {
  private final List<Lane> idle = new ArrayList<>();
  private boolean held;

  void hold() {
    held = true;
  }

  /** Takes a lane to drain it later. Returns false when nothing is held. */
  boolean take(Lane lane) {
    if (held) {
      idle.add(lane);
    }
    return held;
  }

  void release() {
    held = false;
    while (!idle.isEmpty()) {
      idle.removeLast().drainBorrowed();
    }
  }
}
