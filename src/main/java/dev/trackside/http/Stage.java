package dev.trackside.http;

/** What a connection is about at present. */
sealed interface Stage {
  /**
   * A request's head is under way, or not even that.
   *
   * @param sinceNanos when its first byte came, or the connection
   */
  record Head(long sinceNanos) implements Stage {}

  /**
   * The connection is kept for a further request.
   *
   * @param sinceNanos when the answer had left
   * @param bytesIn how many bytes the client had sent until then
   */
  record Kept(long sinceNanos, long bytesIn) implements Stage {}

  /** A request is being answered. */
  non-sealed interface Answering extends Stage {
    /** Whether the client takes too long to send its body or to read the answer. */
    Slowness slowness(long nowNanos, EdgeLimits limits);
  }

  /** What a client is too slow with. */
  enum Slowness {
    NOTHING,
    BODY,
    READING
  }
}
