package dev.trackside.track;

/**
 * What is known of a runner beside their positions. Immutable.
 *
 * @param contactMs when their phone last gave a sign of life, epoch milliseconds of the server, or
 *     0
 * @param sosMs since when they ask for help, epoch milliseconds, or 0
 * @param finishedMs when their run ended, epoch milliseconds, or 0 while it goes on
 */
public record Condition(long contactMs, long sosMs, long finishedMs) {
  public static final Condition UNKNOWN = new Condition(0, 0, 0);

  /** Tells the condition of a runner. Never waits. Safe for use by many threads. */
  public interface Source {
    Condition of(Runner runner);
  }
}
