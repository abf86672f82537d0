package dev.trackside.track;

/**
 * Something that can have too much work, so that senders should wait. Safe for use by many threads.
 */
public interface Capacity {
  /** Whether it has too much work at present. Never waits. */
  boolean isFull();

  /** Runs an action once there is room: at once if there is now, or later on any thread. */
  void whenRoom(Runnable action);
}
