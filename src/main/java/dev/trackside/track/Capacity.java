package dev.trackside.track;

/**
 * Something that work flows through, and that can have too much of it: then whoever brings more
 * should wait. Safe for use by many threads.
 */
public interface Capacity {
  /** Whether it has more to do than it soon gets done. Never waits. */
  boolean isFull();

  /** Runs something, on any thread, as soon as there is room; at once when there is room now. */
  void whenRoom(Runnable action);
}
