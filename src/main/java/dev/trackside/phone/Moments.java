package dev.trackside.phone;

import dev.trackside.track.Fix;
import dev.trackside.track.Quoted;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moments as apps write them, as epoch milliseconds. */
final class Moments {
  private static final double SECONDS_BELOW = 0x1p31;

  /** The last moment of the year 9999. */
  private static final long LAST_MS = 253_402_300_799_999L;

  /** ISO 8601; the offset may lack its colon, or be left out where the app means UTC. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  /** A plus sign in a query arrives as a blank. */
  private static final Pattern LOST_PLUS =
      Pattern.compile(" (?=\\d{2}:?\\d{2}$)(?<=:\\d{2} |\\.\\d{1,9} )");

  private Moments() {}

  /**
   * Epoch seconds, epoch milliseconds or ISO 8601. 0, and what is not there, is {@link
   * Fix#NO_TIME}.
   *
   * @throws IllegalArgumentException when it is none of them; the message says what it is
   */
  static long of(@Nullable String text) {
    if (text == null) {
      return Fix.NO_TIME;
    }
    double number = Decimals.of(text);
    return Double.isNaN(number) ? ofIso(text) : of(number);
  }

  /** The same of a number; NaN is {@link Fix#NO_TIME}. */
  static long of(double number) {
    if (Double.isNaN(number) || number <= 0) {
      return Fix.NO_TIME;
    }
    return checked(Math.round(number < SECONDS_BELOW ? number * 1000 : number), number);
  }

  private static long ofIso(String text) {
    try {
      String whole = LOST_PLUS.matcher(text).replaceFirst("+");
      return checked(Instant.from(ISO.parse(whole)).toEpochMilli(), text);
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong(text, e);
    }
  }

  private static long checked(long tMs, Object given) {
    if (tMs < Fix.OLDEST_MS || tMs > LAST_MS) {
      throw wrong(String.valueOf(given), null);
    }
    return tMs;
  }

  private static IllegalArgumentException wrong(String given, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "The time must be epoch s, epoch ms or ISO 8601, from 2000 on, got " + Quoted.of(given),
        cause);
  }
}
