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
 * A connection that outlives the HTTP request it began as, until either side closes it. Safe for
 * use by many threads, except where Jetty calls.
 */
@SuppressWarnings("this-escape") // nothing is called before the connection is open
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

  /** Creates what the connection serves. Comes once, before everything else. */
  protected abstract void prepare();

  protected abstract void opened();

  /** A write that had to wait has left. */
  protected abstract void written();

  /** A heartbeat is due. */
  protected abstract void beat();

  /** The connection has ended. Comes once, if it was prepared. */
  protected abstract void ended();

  /** Ends this connection with the request that begins it, if it never opens. */
  public final void beginWith(Request request) {
    request.addHttpStreamWrapper(
        stream ->
            new HttpStream.Wrapper(stream) {
              @Override
              public void succeeded() {
                try {
                  super.succeeded();
                } finally {
                  requestHandled();
                }
              }

              @Override
              public void failed(Throwable cause) {
                try {
                  super.failed(cause);
                } finally {
                  requestHandled();
                }
              }
            });
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
   * Closes the connection in bounded time, even if the client does not react.
   *
   * @return whether this is the first call, which is the one that counts
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

  /** The request has been handled: Jetty does not report a connection that never opened. */
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

  /** Must follow every scheduling, since the connection may have ended meanwhile. */
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
}
