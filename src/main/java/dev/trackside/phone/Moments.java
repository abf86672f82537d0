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
import tools.jackson.databind.JsonNode;

/** Reads times as apps write them. */
final class Moments {
  private static final double SECONDS_BELOW = 0x1p31;

  /** The last moment of the year 9999. */
  private static final long LAST_MS = 253_402_300_799_999L;

  /** ISO 8601; the offset may lack its colon, and a missing one means UTC. */
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

  /** A plus sign in a query arrives as a space. */
  private static final Pattern LOST_PLUS =
      Pattern.compile(" (?=\\d{2}:?\\d{2}$)(?<=:\\d{2} |\\.\\d{1,9} )");

  private Moments() {}

  /**
   * Reads epoch seconds, epoch milliseconds or ISO 8601, as epoch milliseconds. Null, 0 and less
   * are {@link Fix#NO_TIME}.
   *
   * @throws IllegalArgumentException when it is none of them; the message is for the runner
   */
  static long of(@Nullable String text) {
    if (text == null) {
      return Fix.NO_TIME;
    }
    double number = Decimals.of(text);
    if (number <= 0) {
      return Fix.NO_TIME;
    }
    try {
      long tMs;
      if (Double.isNaN(number)) {
        String iso = LOST_PLUS.matcher(text).replaceFirst("+");
        tMs = Instant.from(ISO.parse(iso)).toEpochMilli();
      } else {
        tMs = Math.round(number < SECONDS_BELOW ? number * 1000 : number);
      }
      if (tMs >= Fix.OLDEST_MS && tMs <= LAST_MS) {
        return tMs;
      }
    } catch (DateTimeException | ArithmeticException _) {
      // refused below
    }
    throw new IllegalArgumentException(
        "The time must be epoch s, epoch ms or ISO 8601, from 2000 on, got " + Quoted.of(text));
  }

  /** A JSON member's text for {@link #of}. */
  static String text(JsonNode time) {
    return time.isMissingNode() || time.isNull() ? "0" : time.asString("?");
  }
}
