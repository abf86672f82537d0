package dev.trackside.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.trackside.output.Output;
import dev.trackside.output.Sink;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response that goes on until one of the two has enough. It is the way out for whole
 * events: one write may be under way, and one thread at a time may call {@link #write}. What the
 * client still says is dropped; while idle the stream holds no buffer.
 */
public final class EventStream extends AbstractConnection.NonBlocking
    implements Connection.UpgradeTo, Sink {
  /** Who stands behind a stream. */
  public interface Reader {
    /** The stream is open. */
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
  private final ScheduledExecutorService timer;
  private final Output output;
  private final Function<EventStream, Reader> readers;
  private Reader reader = NOBODY;
  private final Runnable gone;
  private volatile boolean opened;
  private int dropped;
  private volatile @Nullable Future<?> heartbeat;
  private volatile @Nullable Future<?> lingering;
  private volatile long sentNanos = System.nanoTime();
  private volatile boolean closing;
  private volatile boolean over;

  private EventStream(
      EndPoint endPoint,
      Executor executor,
      StreamLimits limits,
      ScheduledExecutorService timer,
      Function<EventStream, Reader> readers,
      Runnable gone) {
    super(endPoint, executor);
    this.limits = limits;
    this.timer = timer;
    this.output = new Output(endPoint, limits.write(), timer, this::end, () -> reader.written());
    this.readers = readers;
    this.gone = gone;
  }

  /**
   * Answers a request: sends the headers at once, and the stream takes the connection over when the
   * request has been handled.
   *
   * <p>The end of the connection is the end of the response. It is not sent in chunks, so that the
   * same bytes serve everybody, proxies that speak HTTP/1.0 included.
   *
   * @param timer runs the heartbeats and deadlines of all streams
   * @param readers makes who stands behind the stream
   * @param gone is run once, when the stream has ended or has not come about
   */
  public static void answer(
      Context ctx,
      StreamLimits limits,
      ScheduledExecutorService timer,
      Function<EventStream, Reader> readers,
      Runnable gone) {
    Request request = ServletContextRequest.getServletContextRequest(ctx.req());
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    var executor = request.getComponents().getExecutor();
    var stream = new EventStream(endPoint, executor, limits, timer, readers, gone);
    request.addHttpStreamWrapper(http -> new Handling(http, stream));
    long retryMs = limits.retry().toMillis();
    retryMs += ThreadLocalRandom.current().nextLong(retryMs + 1);
    ctx.header(Header.CONNECTION, "close");
    if (begin(ctx, "retry: " + retryMs + "\n\n")) {
      request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, stream);
    }
  }

  /** Answers as {@link #answer} would, with the headers alone. */
  public static void describe(Context ctx) {
    begin(ctx, "");
  }

  /** Returns whether the client was there to take it. */
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
  public void onOpen() {
    super.onOpen();
    getEndPoint().setIdleTimeout(0);
    synchronized (this) {
      if (over) {
        return;
      }
      reader = readers.apply(this);
      opened = true;
    }
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
  public void onFillInterestedFailed(Throwable cause) {
    end();
  }

  @Override
  public boolean write(ByteBuffer events) {
    sentNanos = System.nanoTime();
    return output.write(events);
  }

  /**
   * Sends the last words and ends the stream, in bounded time. Any thread; the first call counts.
   */
  public void close(byte[] lastWords) {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
    }
    output.goodbye(lastWords);
    output.shutdown();
    lingering = timer.schedule(this::end, limits.linger().toNanos(), NANOSECONDS);
    if (over) {
      cancelTimers();
    }
  }

  private long heartbeatNanos() {
    long latest = limits.heartbeat().toNanos();
    return latest - ThreadLocalRandom.current().nextLong(latest * 2 / 5 + 1);
  }

  private void beatIn(long nanos) {
    heartbeat = timer.schedule(this::beat, nanos, NANOSECONDS);
    if (over) {
      cancelTimers();
    }
  }

  private void beat() {
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

  private void end() {
    getEndPoint().close();
  }

  /** The request has been handled: if nothing has come of it, nobody else says so. */
  private void handled() {
    if (!opened || !getEndPoint().isOpen()) {
      end();
      onClose(null);
    }
  }

  /** Tells a stream when the request has been handled, well or not. */
  private static final class Handling extends HttpStream.Wrapper {
    private final EventStream stream;

    Handling(HttpStream http, EventStream stream) {
      super(http);
      this.stream = stream;
    }

    @Override
    public void succeeded() {
      try {
        super.succeeded();
      } finally {
        stream.handled();
      }
    }

    @Override
    public void failed(Throwable cause) {
      try {
        super.failed(cause);
      } finally {
        stream.handled();
      }
    }
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      closing = true;
    }
    super.onClose(cause);
    cancelTimers();
    reader.closed();
    gone.run();
  }

  private void cancelTimers() {
    cancel(heartbeat);
    cancel(lingering);
    output.cancelDeadline();
  }

  private static void cancel(@Nullable Future<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }
}
