package dev.trackside.track;

/** Ends following when it is closed; what is told already is told. */
public interface Following extends AutoCloseable {
  @Override
  void close();
}
