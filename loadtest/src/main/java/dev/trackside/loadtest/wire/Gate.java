package dev.trackside.loadtest.wire;

/** What the thread of a paused line waits at. Threads may share it. */
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
