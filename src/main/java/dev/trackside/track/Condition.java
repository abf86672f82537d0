package dev.trackside.track;

/**
 * What is known of a runner apart from their positions. Times are epoch milliseconds. Immutable.
 *
 * @param contactMs when their phone last gave a sign of life, or 0
 * @param sosMs when they started to ask for help, or 0
 * @param finishedMs when their run ended, or 0 while it goes on
 */
public record Condition(long contactMs, long sosMs, long finishedMs) {
  public static final Condition UNKNOWN = new Condition(0, 0, 0);

  /** Looks up conditions. Never waits. Safe for use by many threads. */
  public interface Source {
    Condition of(Runner runner);
  }
}
