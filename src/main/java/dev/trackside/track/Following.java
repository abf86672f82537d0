package dev.trackside.track;

/** Stops following when closed. */
public interface Following extends AutoCloseable {
  @Override
  void close();
}
