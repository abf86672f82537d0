package dev.trackside.history;

import java.util.ArrayDeque;

/** What was opened on the way to something larger, and is closed when that does not come about. */
final class Opened implements AutoCloseable {
  private final ArrayDeque<AutoCloseable> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T one) {
    opened.push(one);
    return one;
  }

  /** It has come about. */
  void keep() {
    opened.clear();
  }

  @Override
  public void close() {
    for (AutoCloseable one : opened) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException("what was opened must close", e);
      }
    }
  }
}
