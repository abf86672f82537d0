package dev.trackside.connection;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one connection, at most one write at a time; control frames go between two writes. Safe
 * for use by many threads.
 */
public final class Output implements Callback, Sink {
  private static final int MOST_CONTROLS = 8;

  private final EndPoint endPoint;
  private final @Nullable SocketChannel channel;
  private final Duration longestWrite;
  private final ScheduledExecutorService timer;
  private final Runnable end;
  private final Runnable written;
  private @Nullable ArrayDeque<byte[]> controls;
  private @Nullable ByteBuffer data;
  private @Nullable Future<?> deadline;
  private boolean flushing;
  private boolean starting;
  private boolean owesWritten;
  private boolean saidGoodbye;
  private boolean shutsDown;

  /**
   * @param end ends the connection at once
   * @param written runs when a write that had to wait has left
   */
  public Output(
      EndPoint endPoint,
      Duration longestWrite,
      ScheduledExecutorService timer,
      Runnable end,
      Runnable written) {
    this.endPoint = endPoint;
    this.channel = endPoint instanceof SocketChannelEndPoint plain ? plain.getChannel() : null;
    this.longestWrite = longestWrite;
    this.timer = timer;
    this.end = end;
    this.written = written;
  }

  @Override
  public synchronized boolean write(ByteBuffer frames) {
    if (saidGoodbye) {
      return true;
    }
    if (flushing) {
      data = copyOf(frames);
    } else if (flush(frames) || start(copyOf(frames))) {
      return true;
    }
    owesWritten = true;
    return false;
  }

  /**
   * Sends a control frame. If too many wait, the oldest is dropped: only the newest ping matters.
   */
  public synchronized void control(byte[] frame) {
    if (saidGoodbye) {
      return;
    }
    if (controls != null && controls.size() == MOST_CONTROLS) {
      controls.remove();
    }
    send(frame);
  }

  /** Sends the last frame: nothing leaves after it. */
  public synchronized void goodbye(byte[] frame) {
    if (!saidGoodbye) {
      saidGoodbye = true;
      data = null;
      send(frame);
    }
  }

  /** Ends the output once everything has left. */
  public synchronized void shutdown() {
    shutsDown = true;
    if (!flushing) {
      endPoint.shutdownOutput();
    }
  }

  /** Must be called when the connection has ended. */
  public synchronized void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private void send(byte[] frame) {
    if (flushing) {
      if (controls == null) {
        controls = new ArrayDeque<>();
      }
      controls.add(frame);
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    if (!flush(bytes)) {
      start(bytes);
    }
  }

  private boolean flush(ByteBuffer bytes) {
    try {
      if (channel != null) {
        channel.write(bytes);
        return !bytes.hasRemaining();
      }
      return endPoint.flush(bytes);
    } catch (IOException e) {
      end.run();
      return true;
    }
  }

  /** Returns whether everything has left already, since the endpoint tries once more. */
  private boolean start(ByteBuffer bytes) {
    flushing = true;
    starting = true;
    deadline = timer.schedule(end, longestWrite.toNanos(), NANOSECONDS);
    endPoint.write(this, bytes);
    starting = false;
    return !flushing;
  }

  private static ByteBuffer copyOf(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }

  @Override
  public void succeeded() {
    if (flushNext()) {
      written.run();
    }
  }

  /** Returns whether a write that had to wait has left now. */
  private synchronized boolean flushNext() {
    cancelDeadline();
    flushing = false;
    if (starting) {
      return false;
    }
    for (ByteBuffer next = next(); next != null; next = next()) {
      if (!flush(next) && !start(next)) {
        return false;
      }
    }
    if (shutsDown) {
      endPoint.shutdownOutput();
    }
    boolean tell = owesWritten;
    owesWritten = false;
    return tell;
  }

  private @Nullable ByteBuffer next() {
    byte[] control = controls == null ? null : controls.poll();
    if (control != null) {
      return ByteBuffer.wrap(control);
    }
    controls = null;
    ByteBuffer next = data;
    data = null;
    return next;
  }

  @Override
  public void failed(Throwable cause) {
    end.run();
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
