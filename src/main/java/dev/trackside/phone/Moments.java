package dev.trackside.phone;

import dev.trackside.track.Fix;
import dev.trackside.track.PhoneClock;
import dev.trackside.track.Quoted;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads times as apps write them, under the names that apps and their users give them. */
final class Moments {
  /** The names of times, without case, blanks and signs between words; the best first. */
  static final List<String> NAMES =
      List.of(
          ("timestamp time ts tst t tim epoch fixtime datetime timestampunix timestampms"
                  + " unixtimestamp unixtime unix epochtime epochms timems gpstime utctime utc"
                  + " devicetime recordedat createdat sentat when date requesttimestamp")
              .split(" "));

  /** Names whose numbers may look like times, and are none. */
  private static final Pattern NO_TIME =
      Pattern.compile(
          "(device|dev)?(id|name|key|token|code)|id.*|.*(id|token|key|phone|imei|imsi|serial)"
              + "|user.*|acct|account|dev|device|phone.*|tel|mac|bssid|ssid|wifi|steps|odometer"
              + "|lat.*|lon.*|lng|alt.*|v|ver|version|build|.*hash|gprmc");

  private static final Pattern LOOKS_LIKE_A_TIME =
      Pattern.compile(
          "1\\d{9}(\\.\\d+)?|1\\d{12}(\\.\\d+)?|1\\d{15}|[12]\\d{3}-\\d\\d-\\d\\d[T ]\\d\\d:.*");

  /** ISO 8601; the offset may lack its colon, and a missing one means UTC. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[' ']")
          .appendPattern("[XXX][XX][X]['UTC']['GMT']")
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  /** The same without the signs. */
  private static final DateTimeFormatter BASIC =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendValue(ChronoField.YEAR, 4)
          .appendPattern("MMdd['T']HHmmss")
          .appendPattern("[XX][X]")
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter RFC_1123 =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .parseLenient()
          .append(DateTimeFormatter.RFC_1123_DATE_TIME)
          .toFormatter();

  private static final List<DateTimeFormatter> FORMS = List.of(ISO, BASIC, RFC_1123);
  private static final Pattern DIGITS_OF_A_DATE = Pattern.compile("(19|20)\\d{12}");
  private static final Pattern WITH_SLASHES = Pattern.compile("^(\\d{4})/(\\d\\d)/(\\d\\d)");
  private static final Pattern ZONED = Pattern.compile("(?i).*(z|utc|gmt|[+-]\\d{2}(:?\\d{2})?)");

  /** A plus sign in a query arrives as a space. */
  private static final Pattern LOST_PLUS =
      Pattern.compile(" (?=\\d{2}:?\\d{2}$)(?<=:\\d{2} |\\.\\d{1,9} )");

  private Moments() {}

  /**
   * Reads the best time that some fields hold, as epoch milliseconds; {@link Fix#NO_TIME} when they
   * hold none, or only 0 and less.
   *
   * @throws IllegalArgumentException when there is one that cannot be read, or one under a name
   *     that is not known; the message is for the runner
   */
  static long of(FormFields fields) {
    String unread = null;
    for (String name : NAMES) {
      String text = fields.plainly(name);
      if (text != null) {
        try {
          long tMs = of(text) - offsetMs(fields, text);
          if (tMs > 0) {
            return tMs;
          }
        } catch (IllegalArgumentException e) {
          unread = unread == null ? String.valueOf(e.getMessage()) : unread;
        }
      }
    }
    String date = fields.plainly("date");
    String time = fields.plainly("time");
    if (unread != null && date != null && time != null) {
      return of(date + "T" + time);
    }
    unread = unread == null ? unknownIn(fields) : unread;
    if (unread != null) {
      throw new IllegalArgumentException(unread);
    }
    return Fix.NO_TIME;
  }

  private static @Nullable String unknownIn(FormFields fields) {
    if (NAMES.stream().anyMatch(name -> fields.plainly(name) != null)) {
      return null;
    }
    return fields
        .first((name, value) -> !NO_TIME.matcher(name).matches() && isLikeATime(value))
        .map(name -> "The time of the phone must have a known name such as timestamp, got " + name)
        .orElse(null);
  }

  private static boolean isLikeATime(String text) {
    return LOOKS_LIKE_A_TIME.matcher(text).matches();
  }

  /** How far a time without a zone is ahead of UTC. */
  private static long offsetMs(FormFields fields, String text) {
    double seconds = fields.number("timeoff");
    boolean zoned = !Double.isNaN(Decimals.of(text)) || ZONED.matcher(text).matches();
    return zoned || !(Math.abs(seconds) <= 86_400) ? 0 : Math.round(seconds * 1_000);
  }

  /**
   * Reads a time as epoch milliseconds; 0 and less is {@link Fix#NO_TIME}.
   *
   * @throws IllegalArgumentException when it is none; the message is for the runner
   */
  private static long of(String text) {
    double number = Decimals.of(text);
    if (!Double.isNaN(number) && !DIGITS_OF_A_DATE.matcher(text).matches()) {
      return PhoneClock.given(number);
    }
    String usual = LOST_PLUS.matcher(text).replaceFirst("+");
    usual = WITH_SLASHES.matcher(usual).replaceFirst("$1-$2-$3");
    for (DateTimeFormatter form : FORMS) {
      try {
        TemporalAccessor read = form.parse(usual);
        return PhoneClock.given(Instant.from(read));
      } catch (DateTimeException _) {
        // the next
      }
    }
    throw new IllegalArgumentException(
        "The time must be epoch s, epoch ms or ISO 8601, got " + Quoted.of(text));
  }
}
