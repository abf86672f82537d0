package dev.trackside.track;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one rule for the clocks of phones: a wrong one never costs the place. A time that whole
 * rollovers of the GPS week bring near its arrival is mended so, any other that cannot be is
 * replaced by the arrival.
 */
public final class PhoneClock {
  /** A time further ahead of the server's clock is replaced. */
  public static final long AHEAD_MS = Duration.ofMinutes(2).toMillis();

  /** No backlog is that old: 15 years. */
  private static final long OLDEST_MS = Duration.ofDays(15 * 365).toMillis();

  /** A mended time is at most a year before its arrival. */
  private static final long NEAR_MS = Duration.ofDays(365).toMillis();

  /** GPS counts weeks up to 1,024, and a chip that does not know of it is so far behind. */
  private static final long ROLLOVER_MS = Duration.ofDays(7 * 1_024).toMillis();

  private static final int ROLLOVERS = 2;

  /** From 1970 to 2001, from which Apple's systems count. */
  private static final long COCOA_MS = 978_307_200_000L;

  /** The last moment of the year 9999. */
  private static final long LAST_MS = 253_402_300_799_999L;

  private static final double SECONDS_BELOW = 1e11;
  private static final double MILLIS_BELOW = 1e14;
  private static final double MICROS_BELOW = 1e17;

  private PhoneClock() {}

  /**
   * Reads epoch s, ms, µs or ns, whichever it must be, as epoch milliseconds; 0 and less is {@link
   * Fix#NO_TIME}.
   */
  public static long given(double number) {
    double ms = number / 1e6;
    if (number < SECONDS_BELOW) {
      ms = number * 1e3;
    } else if (number < MILLIS_BELOW) {
      ms = number;
    } else if (number < MICROS_BELOW) {
      ms = number / 1e3;
    }
    return given(Math.round(ms));
  }

  /** The same for an instant. */
  public static long given(Instant instant) {
    return instant.isBefore(Instant.EPOCH)
        ? Fix.NO_TIME
        : given(
            Math.min(instant.getEpochSecond(), LAST_MS / 1_000) * 1_000
                + instant.getNano() / 1_000_000);
  }

  /** What is beyond the year 9999 is its end. */
  private static long given(long ms) {
    return ms <= 0 ? Fix.NO_TIME : Math.min(ms, LAST_MS);
  }

  /**
   * The moment of a fix, epoch milliseconds.
   *
   * @param givenMs the time that the sender gave, or {@link Fix#NO_TIME}
   * @param nowMs when the fix arrives
   */
  public static long momentMs(long givenMs, long nowMs) {
    if (isPossible(givenMs, nowMs, OLDEST_MS)) {
      return givenMs;
    }
    if (givenMs != Fix.NO_TIME) {
      int rollovers = rollovers(givenMs, nowMs);
      if (rollovers > 0) {
        return givenMs + rollovers * ROLLOVER_MS;
      }
      if (isPossible(givenMs + COCOA_MS, nowMs, OLDEST_MS)) {
        return givenMs + COCOA_MS;
      }
    }
    return nowMs;
  }

  private static boolean isPossible(long tMs, long nowMs, long oldestMs) {
    return tMs >= Math.max(Fix.OLDEST_MS, nowMs - oldestMs) && tMs <= nowMs + AHEAD_MS;
  }

  private static int rollovers(long givenMs, long nowMs) {
    for (int i = 1; i <= ROLLOVERS; i++) {
      if (isPossible(givenMs + i * ROLLOVER_MS, nowMs, NEAR_MS)) {
        return i;
      }
    }
    return 0;
  }

  /** What is wrong with the clock, a sentence for the runner; null when nothing is. */
  public static @Nullable String flaw(long givenMs, long nowMs) {
    if (givenMs == Fix.NO_TIME || isPossible(givenMs, nowMs, OLDEST_MS)) {
      return null;
    }
    long momentMs = momentMs(givenMs, nowMs);
    if (momentMs == givenMs + COCOA_MS) {
      return null; // a way to count, not a fault
    }
    if (givenMs > nowMs) {
      return "The phone's clock is %d s ahead, so its positions get the time at which they arrive."
          .formatted((givenMs - nowMs) / 1_000);
    }
    int rollovers = rollovers(givenMs, nowMs);
    return rollovers > 0
        ? "The phone's clock is %,d weeks behind (%s), so its positions get the right time (%s)."
            .formatted(rollovers * 1_024, iso(givenMs), iso(momentMs))
        : "The phone's clock is years behind (%s), so its positions get the time at which they"
                .formatted(iso(givenMs))
            + " arrive.";
  }

  private static String iso(long ms) {
    return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
