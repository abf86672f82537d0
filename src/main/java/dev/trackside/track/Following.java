package dev.trackside.track;

/** Stops following when closed. */
public interface Following extends AutoCloseable {
  /** Every position that the follower is told of has a larger number. */
  long fromSeq();

  @Override
  void close();
}
