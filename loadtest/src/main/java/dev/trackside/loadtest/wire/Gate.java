package dev.trackside.loadtest.wire;

/** Holds the thread that reads a paused connection. Thread-safe. */
final class Gate {
  private volatile boolean shut;

  void shut() {
    shut = true;
  }

  synchronized void open() {
    shut = false;
    notifyAll();
  }

  void pass() {
    if (shut) {
      await();
    }
  }

  private synchronized void await() {
    try {
      while (shut) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
