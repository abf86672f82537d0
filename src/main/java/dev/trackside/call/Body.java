package dev.trackside.call;

import dev.trackside.caller.Caller;
import dev.trackside.track.Quoted;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the body of a call: unpacked and bounded. */
public final class Body {
  private static final Logger LOG = LoggerFactory.getLogger(Body.class);
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  /** The shortest positions become objects of eight times their bytes, and there are 10,000. */
  private static final int DEAR_BYTES = 64 * 1024;

  private static final int OF_A_DEAR_BYTE = 8;
  private static final int OF_A_BYTE = 2;

  /** A body counts as a position for each of so many bytes at least: most have a hundred or two. */
  private static final int OF_A_POSITION = 4 * 1024;

  private static final String BEGUN = "dev.trackside.body.begun";
  private static final String BYTES = "dev.trackside.body.bytes";
  private static final long MOST_DISCARDED_BYTES = 16L * MOST_BYTES;
  private static final Duration MOST_DISCARDING = Duration.ofSeconds(5);

  /** Everybody discards into it at once, and nobody reads it. */
  private static final byte[] RUBBISH = new byte[8 * 1024];

  /** Turns a body into a value. */
  public interface Parser<T> {
    T parse(InputStream body) throws IOException;
  }

  private Body() {}

  /** How many positions a call's body counts as at least, by its bytes so far. */
  static int positions(Context ctx) {
    Long bytes = ctx.attribute(BYTES);
    return bytes == null ? 0 : Math.toIntExact(bytes / OF_A_POSITION);
  }

  /**
   * Reads a call's body. One that is refused counts against its caller.
   *
   * @throws Problem when it is too large, too slow, incomplete or packed in an unknown way
   */
  public static <T> T read(Context ctx, Parser<T> parser) {
    if (ctx.req().getContentLengthLong() > MOST_BYTES) {
      throw tooLarge(MOST_BYTES);
    }
    String encoding = ctx.header(Header.CONTENT_ENCODING);
    ctx.attribute(BEGUN, true);
    try {
      return read(
          ctx.req().getInputStream(), encoding, MOST_BYTES, body -> parser.parse(held(ctx, body)));
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw Problem.tooSlow();
      }
      throw Problem.badRequest("The body could not be read to its end: " + e.getMessage());
    } catch (RuntimeException e) {
      Caller caller = ctx.attribute(Caller.ATTRIBUTE);
      if (caller != null) {
        caller.brought(positions(ctx));
      }
      throw e;
    }
  }

  /** Takes memory for what becomes of a body, as it comes, until the call has been answered. */
  private static InputStream held(Context ctx, InputStream body) {
    return new FilterInputStream(body) {
      private long left = DEAR_BYTES;
      private long all;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        long dear = Math.clamp(count, 0, left);
        left -= dear;
        all += Math.max(0, count);
        ctx.attribute(BYTES, all);
        CallMemory.take(ctx, dear * OF_A_DEAR_BYTE + Math.max(0, count - dear) * OF_A_BYTE);
        return count;
      }
    };
  }

  private static Problem tooLarge(int most) {
    return Problem.tooLarge(
        "A body must have at most %d bytes, packed and unpacked, got more.".formatted(most));
  }

  /**
   * Reads a stream that may be packed.
   *
   * @param encoding its {@code Content-Encoding}
   * @param most how many bytes it may have, packed and unpacked
   */
  static <T> T read(InputStream raw, @Nullable String encoding, int most, Parser<T> parser)
      throws IOException {
    InputStream bounded = new Bounded(raw, most);
    String named = encoding == null ? "" : encoding.strip();
    return switch (named.toLowerCase(Locale.ROOT)) {
      case "identity", "" -> parser.parse(bounded);
      case "gzip", "x-gzip" -> {
        try (var gunzip = new Gunzip(bounded)) {
          yield parser.parse(new Bounded(gunzip, most));
        } catch (ZipException | EOFException e) {
          throw Problem.badRequest("The body is not gzip: " + e.getMessage());
        }
      }
      default ->
          throw Problem.badRequest(
              "Content-Encoding must be gzip or left out, got " + Quoted.plain(named, 40));
    };
  }

  /**
   * Reads and drops the rest of a body, within limits: closing the connection on a client that is
   * still sending would cost it the answer. A client that waits for {@code 100 Continue} sends
   * nothing.
   */
  static void discard(Context ctx) {
    if (ctx.header("Expect") != null && ctx.attribute(BEGUN) == null) {
      return;
    }
    long deadline = System.nanoTime() + MOST_DISCARDING.toNanos();
    try {
      InputStream in = ctx.req().getInputStream();
      long left = MOST_DISCARDED_BYTES;
      for (int count = in.read(RUBBISH);
          count >= 0 && left > 0 && System.nanoTime() - deadline < 0;
          count = in.read(RUBBISH)) {
        left -= count;
      }
    } catch (IOException e) {
      LOG.debug("The rest of a body did not come", e);
    }
  }

  /** A stream that fails beyond a bound. */
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private final int most;
    private int left;

    Bounded(InputStream in, int most) {
      this.in = in;
      this.most = most;
      this.left = most;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, Math.min(length, left + 1));
      left -= Math.max(0, count);
      if (left < 0) {
        throw tooLarge(most);
      }
      return count;
    }
  }
}
