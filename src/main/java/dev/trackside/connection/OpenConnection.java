package dev.trackside.connection;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection.UpgradeTo;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A connection that outlives the HTTP request it began as, and ends when either side has had
 * enough. Safe for use by many threads, except where Jetty calls.
 */
@SuppressWarnings("this-escape") // nothing is told before the connection is open
public abstract class OpenConnection extends AbstractConnection.NonBlocking implements UpgradeTo {
  protected final Output output;
  private final ScheduledExecutorService timer;
  private final Runnable gone;
  private volatile @Nullable Future<?> heartbeat;
  private volatile @Nullable Future<?> lingering;
  private volatile boolean opened;
  private volatile boolean closing;
  private volatile boolean over;

  /**
   * @param timer runs the heartbeats and deadlines of all connections
   * @param gone runs once, when the connection has ended or has never opened
   */
  protected OpenConnection(
      EndPoint endPoint,
      Executor executor,
      Duration longestWrite,
      ScheduledExecutorService timer,
      Runnable gone) {
    super(endPoint, executor);
    this.output = new Output(endPoint, longestWrite, timer, this::end, this::written);
    this.timer = timer;
    this.gone = gone;
  }

  /** Makes whoever is behind the connection. Comes once, before everything else. */
  protected abstract void prepare();

  /** The connection is open. */
  protected abstract void opened();

  /** A write that had to wait has left. */
  protected abstract void written();

  /** The time of a heartbeat has come. */
  protected abstract void beat();

  /** The connection has ended. Comes once, if it was prepared. */
  protected abstract void ended();

  /** Ends with the request that begins this connection, if nothing comes of it. */
  public final void beginWith(Request request) {
    request.addHttpStreamWrapper(stream -> new Beginning(stream, this));
  }

  @Override
  public final void onOpen() {
    super.onOpen();
    getEndPoint().setIdleTimeout(0);
    synchronized (this) {
      if (over) {
        return;
      }
      prepare();
      opened = true;
    }
    opened();
  }

  @Override
  public final void onFillInterestedFailed(Throwable cause) {
    end();
  }

  protected final Future<?> schedule(Runnable task, long nanos) {
    return timer.schedule(task, nanos, NANOSECONDS);
  }

  protected final void beatIn(long nanos) {
    heartbeat = schedule(this::beat, nanos);
    cancelTimersIfOver();
  }

  /**
   * Says goodbye and ends in bounded time, even if the client does not listen. The first call
   * counts.
   *
   * @return whether this is the first call
   */
  protected final boolean close(byte[] lastWords, Duration linger) {
    synchronized (this) {
      if (closing) {
        return false;
      }
      closing = true;
    }
    output.goodbye(lastWords);
    lingering = schedule(this::end, linger.toNanos());
    cancelTimersIfOver();
    return true;
  }

  protected final boolean isClosing() {
    return closing;
  }

  protected final boolean isOver() {
    return over;
  }

  /** Ends the connection at once. */
  protected final void end() {
    getEndPoint().close();
  }

  /** Ends, if the request has been handled without opening this: Jetty tells nobody of that. */
  public final void requestHandled() {
    if (!opened || !getEndPoint().isOpen()) {
      end();
      onClose(null);
    }
  }

  @Override
  public final void onClose(@Nullable Throwable cause) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      closing = true;
    }
    super.onClose(cause);
    cancelTimers();
    ended();
    gone.run();
  }

  /** Follows every scheduling: the end may have come meanwhile. */
  protected final void cancelTimersIfOver() {
    if (over) {
      cancelTimers();
    }
  }

  protected void cancelTimers() {
    cancel(heartbeat);
    cancel(lingering);
    output.cancelDeadline();
  }

  protected static void cancel(@Nullable Future<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }

  private static final class Beginning extends HttpStream.Wrapper {
    private final OpenConnection connection;

    Beginning(HttpStream stream, OpenConnection connection) {
      super(stream);
      this.connection = connection;
    }

    @Override
    public void succeeded() {
      try {
        super.succeeded();
      } finally {
        connection.requestHandled();
      }
    }

    @Override
    public void failed(Throwable cause) {
      try {
        super.failed(cause);
      } finally {
        connection.requestHandled();
      }
    }
  }
}
