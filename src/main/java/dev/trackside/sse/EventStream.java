package dev.trackside.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.trackside.connection.OpenConnection;
import dev.trackside.connection.Sink;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;

/**
 * A response body that goes on until either side closes it. One thread at a time may call {@link
 * #write}, with whole events. What the client sends is dropped; an idle stream holds no buffer.
 */
public final class EventStream extends OpenConnection implements Sink {
  /** What a stream serves. */
  public interface Reader {
    void opened();

    /** A write that had to wait has left. */
    void written();

    /** The stream has ended. Comes once. */
    void closed();
  }

  private static final Reader NOBODY =
      new Reader() {
        @Override
        public void opened() {}

        @Override
        public void written() {}

        @Override
        public void closed() {}
      };

  private static final int MOST_DROPPED_BYTES = 64 * 1024;
  private static final int DROP_BYTES = 1024;

  private final StreamLimits limits;
  private final Function<EventStream, Reader> readers;
  private Reader reader = NOBODY;
  private int dropped;
  private volatile long sentNanos = System.nanoTime();

  private EventStream(
      Request request,
      StreamLimits limits,
      ScheduledExecutorService timer,
      Function<EventStream, Reader> readers,
      Runnable gone) {
    super(
        request.getConnectionMetaData().getConnection().getEndPoint(),
        request.getComponents().getExecutor(),
        limits.write(),
        timer,
        gone);
    this.limits = limits;
    this.readers = readers;
  }

  /**
   * Answers a request: sends the headers at once, and takes the connection over when the request
   * has been handled. The response ends with the connection and has no chunks, so the same bytes
   * serve all clients, HTTP/1.0 proxies included.
   *
   * @param timer runs the heartbeats and deadlines of all streams
   * @param readers makes the reader of the stream
   * @param gone runs once, when the stream has ended or has never opened
   */
  public static void answer(
      Context ctx,
      StreamLimits limits,
      ScheduledExecutorService timer,
      Function<EventStream, Reader> readers,
      Runnable gone) {
    Request request = ServletContextRequest.getServletContextRequest(ctx.req());
    var stream = new EventStream(request, limits, timer, readers, gone);
    stream.beginWith(request);
    long retryMs = limits.retry().toMillis();
    retryMs += ThreadLocalRandom.current().nextLong(retryMs + 1);
    ctx.header(Header.CONNECTION, "close");
    if (begin(ctx, "retry: " + retryMs + "\n\n")) {
      request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, stream);
    }
  }

  /** Sends the headers of {@link #answer} only. */
  public static void describe(Context ctx) {
    begin(ctx, "");
  }

  /** Returns whether the client was still there. */
  private static boolean begin(Context ctx, String words) {
    ctx.contentType("text/event-stream; charset=utf-8")
        .header(Header.CACHE_CONTROL, "no-cache, no-transform")
        .header("X-Accel-Buffering", "no");
    try {
      ctx.res().getOutputStream().write(words.getBytes(US_ASCII));
      ctx.res().flushBuffer();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void onUpgradeTo(ByteBuffer early) {
    dropped = early.remaining();
  }

  @Override
  protected void prepare() {
    reader = readers.apply(this);
  }

  @Override
  protected void opened() {
    reader.opened();
    beatIn(heartbeatNanos());
    fillInterested();
  }

  @Override
  public void onFillable() {
    int filled = drop();
    dropped += Math.max(0, filled);
    if (filled < 0 || dropped > MOST_DROPPED_BYTES) {
      end();
    } else {
      fillInterested();
    }
  }

  private int drop() {
    try {
      return getEndPoint().fill(ByteBuffer.allocate(DROP_BYTES).limit(0));
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public boolean write(ByteBuffer events) {
    sentNanos = System.nanoTime();
    return output.write(events);
  }

  @Override
  protected void written() {
    reader.written();
  }

  /** Sends the last event and closes the stream. Any thread; the first call counts. */
  public void close(byte[] lastEvent) {
    if (close(lastEvent, limits.linger())) {
      output.shutdown();
    }
  }

  private long heartbeatNanos() {
    long latest = limits.heartbeat().toNanos();
    return latest - ThreadLocalRandom.current().nextLong(latest * 2 / 5 + 1);
  }

  @Override
  protected void beat() {
    long next = heartbeatNanos();
    long leftNanos = next - (System.nanoTime() - sentNanos);
    if (leftNanos > 0) {
      beatIn(leftNanos);
    } else {
      sentNanos = System.nanoTime();
      output.control(new byte[] {':', '\n', '\n'});
      beatIn(next);
    }
  }

  @Override
  protected void ended() {
    reader.closed();
  }
}
