package dev.trackside.call;

import dev.trackside.track.Quoted;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of a call: unpacked, and not more of it than a bound. */
public final class Body {
  private static final Logger LOG = LoggerFactory.getLogger(Body.class);
  public static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final String BEGUN = "dev.trackside.body.begun";
  private static final long MOST_DISCARDED_BYTES = 16L * MOST_BYTES;
  private static final Duration MOST_DISCARDING = Duration.ofSeconds(5);

  /** Makes something of a body. */
  public interface Reading<T> {
    T from(InputStream body) throws IOException;
  }

  private Body() {}

  public static <T> T read(Context ctx, Reading<T> reading) {
    if (ctx.req().getContentLengthLong() > MOST_BYTES) {
      throw Problem.tooLarge(tooLarge(MOST_BYTES));
    }
    String encoding = ctx.header(Header.CONTENT_ENCODING);
    ctx.attribute(BEGUN, true);
    try {
      return read(ctx.req().getInputStream(), encoding, MOST_BYTES, reading);
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw Problem.tooSlow();
      }
      throw Problem.badRequest("The body could not be read to its end: " + e.getMessage());
    }
  }

  private static String tooLarge(int most) {
    return "A body must have at most %d bytes, also when it is unpacked, got more.".formatted(most);
  }

  /**
   * Reads what came, packed as {@code encoding} says.
   *
   * @param most how many bytes it may have, packed and unpacked
   */
  public static <T> T read(InputStream raw, @Nullable String encoding, int most, Reading<T> reading)
      throws IOException {
    InputStream bounded = new Bounded(raw, most, tooLarge(most));
    String named = encoding == null ? "" : encoding.strip();
    return switch (named.toLowerCase(Locale.ROOT)) {
      case "identity", "" -> reading.from(bounded);
      case "gzip", "x-gzip" -> unpacked(bounded, most, reading);
      default ->
          throw Problem.badRequest(
              "Content-Encoding must be gzip or left out, got " + Quoted.plain(named, 40));
    };
  }

  private static <T> T unpacked(InputStream raw, int most, Reading<T> reading) throws IOException {
    try (var gunzip = new Gunzip(raw)) {
      return reading.from(new Bounded(gunzip, most, tooLarge(most)));
    } catch (ZipException | EOFException e) {
      throw Problem.badRequest("The body is no gzip: " + e.getMessage());
    }
  }

  /**
   * Reads what is left of a body that is not wanted, as far as it is worth it: a connection that is
   * closed on a client who is still sending takes the answer away from him. Who waits to be told to
   * go on sends nothing.
   */
  public static void discard(Context ctx) {
    if (ctx.header("Expect") != null && ctx.attribute(BEGUN) == null) {
      return;
    }
    long deadline = System.nanoTime() + MOST_DISCARDING.toNanos();
    byte[] bytes = new byte[8 * 1024];
    try {
      InputStream in = ctx.req().getInputStream();
      long left = MOST_DISCARDED_BYTES;
      for (int count = in.read(bytes);
          count >= 0 && left > 0 && System.nanoTime() - deadline < 0;
          count = in.read(bytes)) {
        left -= count;
      }
    } catch (IOException e) {
      LOG.debug("The rest of a body did not come", e);
    }
  }
}
