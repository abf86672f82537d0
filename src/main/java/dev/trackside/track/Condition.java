package dev.trackside.track;

/**
 * What is known of runners beside their positions. Asking never waits. Safe for use by many
 * threads.
 */
public interface Condition {
  /** Nothing is known of anybody. */
  Condition UNKNOWN = new Condition() {};

  /** When a phone last gave a sign of life, epoch milliseconds of the server, or 0. */
  default long contactMs(Runner runner) {
    return 0;
  }

  /** Since when the runner asks for help, epoch milliseconds, or 0. */
  default long sosMs(Runner runner) {
    return 0;
  }

  /** When the run ended, epoch milliseconds, or 0: what a phone takes since is not taken in. */
  default long finishedMs(Runner runner) {
    return 0;
  }
}
