package dev.trackside.api;

import static java.util.Objects.requireNonNullElse;

import dev.trackside.call.Problem;
import dev.trackside.track.Quoted;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Which positions of a runner a call asks for.
 *
 * @param after only those with a greater number, by number; null for all, by time
 * @param fromMs the first moment, epoch milliseconds
 * @param toMs the last moment, epoch milliseconds
 * @param limit the greatest number of positions
 */
record TrackQuery(@Nullable Long after, long fromMs, long toMs, long limit) {
  private static final int MOST = 100_000;
  private static final long SECONDS_BELOW = 100_000_000_000L;

  static TrackQuery of(Context ctx, long usualLimit) {
    Long limit = number(ctx, "limit", 1, MOST);
    return new TrackQuery(
        number(ctx, "after", 0, Long.MAX_VALUE),
        moment(ctx, "from", 0),
        moment(ctx, "to", Long.MAX_VALUE),
        requireNonNullElse(limit, usualLimit));
  }

  private static @Nullable Long number(Context ctx, String name, long least, long most) {
    String text = ctx.queryParam(name);
    if (text == null) {
      return null;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // refused below
    }
    throw Problem.badRequest(
        "%s must be a whole number from %d to %d, got %s"
            .formatted(name, least, most, Quoted.of(text)));
  }

  private static long moment(Context ctx, String name, long without) {
    String text = ctx.queryParam(name);
    if (text == null) {
      return without;
    }
    try {
      if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        long number = Long.parseLong(text);
        return number < SECONDS_BELOW ? number * 1000 : number;
      }
      String iso = text.replace(' ', '+'); // a plus that was not escaped
      return OffsetDateTime.parse(iso).toInstant().toEpochMilli();
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      throw Problem.badRequest(
          "%s must be epoch s, epoch ms or ISO-8601 with a zone, got %s"
              .formatted(name, Quoted.of(text)));
    }
  }

  boolean holds(long tMs) {
    return tMs >= fromMs && tMs <= toMs;
  }
}
