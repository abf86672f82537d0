package dev.trackside.hub;

import java.util.LinkedHashSet;

/**
 * Lets the replays of one subscriber go on one at a time, in turn: only one of them reads the log
 * or has a piece under way. Owned by a lane.
 */
final class ReplayTurns {
  private final LinkedHashSet<Runnable> waiting = new LinkedHashSet<>(2);
  private boolean taken;
  private boolean running;
  private boolean closed;

  /** Runs a turn when those before it have ended; {@link #end} must follow it. */
  void ask(Runnable turn) {
    waiting.add(turn);
    runNext();
  }

  /** Takes back a turn that has not begun. */
  void drop(Runnable turn) {
    waiting.remove(turn);
  }

  void end() {
    taken = false;
    runNext();
  }

  /** No turn begins any more. */
  void close() {
    closed = true;
  }

  /** A turn that ends at once goes back to the loop, not deeper. */
  private void runNext() {
    if (running) {
      return;
    }
    running = true;
    while (!closed && !taken && !waiting.isEmpty()) {
      taken = true;
      waiting.removeFirst().run();
    }
    running = false;
  }
}
