package dev.trackside.websocket;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.trackside.output.Output;
import dev.trackside.output.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection.UpgradeTo;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's WebSocket on Jetty's endpoint. The selector's thread reads and parses; while idle
 * the connection holds no buffer.
 */
final class Connection extends AbstractConnection.NonBlocking
    implements UpgradeTo, FrameParser.Handler, Socket {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int READ_BYTES = 64 * 1024;

  /** Who has lost his right may take so long to hear of it. */
  private static final Duration CUT = Duration.ofMillis(500);

  private static final int READS_A_TURN = 4;
  private static final ThreadLocal<ByteBuffer> READ_BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(READ_BYTES));

  /** SUSPENDED is asked for while a read goes on, PARKED when that read has ended. */
  private enum Reading {
    ON,
    SUSPENDED,
    PARKED
  }

  private final ConnectionLimits limits;
  private final boolean inflates;
  private final ScheduledExecutorService timer;
  private final FrameParser parser;
  private final Output output;
  private final Function<Socket, Receiver> receivers;
  private final Runnable gone;
  private Receiver receiver = Receiver.NOBODY;
  private final AtomicReference<Reading> reading = new AtomicReference<>(Reading.ON);
  private byte @Nullable [] unread;
  private boolean messageEnded;
  private volatile @Nullable Future<?> messageDeadline;
  private volatile @Nullable Future<?> heartbeat;
  private volatile @Nullable Future<?> lingering;
  private volatile long heardNanos = System.nanoTime();
  private volatile boolean closing;
  private volatile boolean over;
  private volatile boolean opened;
  private boolean discarding;
  private int discarded;

  Connection(
      EndPoint endPoint,
      Executor executor,
      ConnectionLimits limits,
      boolean inflates,
      ScheduledExecutorService timer,
      Admission.Welcome welcome) {
    super(endPoint, executor);
    this.limits = limits;
    this.inflates = inflates;
    this.timer = timer;
    this.parser = new FrameParser(limits, inflates, this);
    this.output = new Output(endPoint, limits.write(), timer, this::end, this::written);
    this.receivers = welcome.receivers();
    this.gone = welcome.gone();
  }

  @Override
  public void onUpgradeTo(ByteBuffer rest) {
    unread = new byte[rest.remaining()];
    rest.get(unread);
  }

  @Override
  public void onOpen() {
    super.onOpen();
    getEndPoint().setIdleTimeout(0);
    synchronized (this) {
      if (over) {
        return;
      }
      receiver = receivers.apply(this);
      opened = true;
    }
    beatWithin(limits.silence().toNanos());
    byte[] early = unread;
    if (early != null) {
      ByteBuffer buffer = ByteBuffer.wrap(early);
      unread = null;
      consume(buffer);
      endRead(buffer);
    } else {
      fillInterested();
    }
  }

  @Override
  public void onFillable() {
    ByteBuffer buffer = READ_BUFFER.get();
    loadUnread(buffer);
    consume(buffer);
    boolean more = true;
    for (int i = 0; more && i < READS_A_TURN && reading.get() == Reading.ON; i++) {
      int held = buffer.remaining();
      int filled = fill(buffer.compact().flip());
      if (filled < 0) {
        receiver.endOfRead();
        end();
        return;
      }
      if (filled > 0) {
        heard(filled);
        consume(buffer);
      }
      more = filled == READ_BYTES - held;
    }
    endRead(buffer);
  }

  private void endRead(ByteBuffer buffer) {
    storeUnread(buffer);
    receiver.endOfRead();
    if (over) {
      return;
    }
    if (!reading.compareAndSet(Reading.SUSPENDED, Reading.PARKED)) {
      fillInterested();
    } else if (closing) {
      resumeReading();
    }
  }

  @Override
  public void onFillInterestedFailed(Throwable cause) {
    end();
  }

  private void loadUnread(ByteBuffer buffer) {
    buffer.clear();
    byte[] bytes = unread;
    if (bytes != null) {
      buffer.put(bytes);
      unread = null;
    }
    buffer.flip();
  }

  private void storeUnread(ByteBuffer buffer) {
    if (buffer.hasRemaining()) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      unread = bytes;
    }
    if (messageEnded || !midMessage()) {
      forgetMessageDeadline();
    }
    messageEnded = false;
    expectRest();
  }

  private boolean midMessage() {
    return unread != null || parser.midMessage();
  }

  private void forgetMessageDeadline() {
    cancel(messageDeadline);
    messageDeadline = null;
  }

  private void expectRest() {
    if (midMessage() && messageDeadline == null && !closing) {
      messageDeadline =
          timer.schedule(this::messageTooSlow, limits.messageTime().toNanos(), NANOSECONDS);
      if (over) {
        cancelTimers();
      }
    }
  }

  private void messageTooSlow() {
    if (reading.get() == Reading.ON) {
      String seconds = limits.messageTime().toMillis() / 1000.0 + " s";
      close(CloseCode.POLICY, "a message must arrive within " + seconds);
    }
  }

  private int fill(ByteBuffer buffer) {
    try {
      return getEndPoint().fill(buffer);
    } catch (IOException e) {
      return -1;
    }
  }

  private void heard(int bytes) {
    heardNanos = System.nanoTime();
    if (closing) {
      discarded += bytes;
      if (discarded > limits.lingerBytes()) {
        end();
      }
    }
  }

  private void consume(ByteBuffer buffer) {
    if (!discarding) {
      try {
        messageEnded |= parser.parse(buffer);
      } catch (Violation violation) {
        discard(violation.code, String.valueOf(violation.getMessage()));
      } catch (RuntimeException e) {
        LOG.error("A message could not be handled; its connection ends", e);
        discard(CloseCode.INTERNAL_ERROR, "the server failed");
      }
    }
    if (discarding) {
      buffer.position(buffer.limit());
    }
  }

  private void discard(int code, String reason) {
    discarding = true;
    close(code, reason);
    output.shutdown();
  }

  @Override
  public void text(byte[] bytes, int length) {
    if (!closing) {
      receiver.text(bytes, length);
    }
  }

  @Override
  public void ping(byte[] payload) {
    output.control(Frames.control(Frames.PONG, payload));
  }

  /** The client says goodbye, or answers ours. */
  @Override
  public void goodbye(int code) {
    close(code, "");
    output.shutdown();
  }

  @Override
  public Sink sink() {
    return output;
  }

  @Override
  public boolean inflates() {
    return inflates;
  }

  private void written() {
    receiver.written();
  }

  @Override
  public void close(int code, String reason) {
    close(code, reason, limits.linger());
  }

  @Override
  public void cut(int code, String reason) {
    close(code, reason, CUT);
  }

  private void close(int code, String reason, Duration linger) {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
    }
    output.goodbye(Frames.close(code, reason));
    lingering = timer.schedule(this::end, linger.toNanos(), NANOSECONDS);
    if (over) {
      cancelTimers();
    } else {
      resumeReading();
    }
  }

  @Override
  public void suspendReading() {
    reading.compareAndSet(Reading.ON, Reading.SUSPENDED);
  }

  @Override
  public void resumeReading() {
    heardNanos = System.nanoTime();
    if (reading.getAndSet(Reading.ON) == Reading.PARKED) {
      forgetMessageDeadline();
      expectRest();
      fillInterested();
    }
  }

  private void beatWithin(long mostNanos) {
    long pingNanos = limits.ping().toNanos();
    long jitterNanos = ThreadLocalRandom.current().nextLong(pingNanos / 5 + 1);
    heartbeat =
        timer.schedule(this::beat, Math.min(pingNanos - jitterNanos, mostNanos), NANOSECONDS);
    if (over) {
      cancelTimers();
    }
  }

  private void beat() {
    long now = System.nanoTime();
    if (reading.get() != Reading.ON) {
      heardNanos = now;
    }
    long leftNanos = limits.silence().toNanos() - (now - heardNanos);
    if (leftNanos <= 0) {
      close(
          CloseCode.GOING_AWAY, "nothing heard for " + limits.silence().toMillis() / 1000.0 + " s");
      return;
    }
    output.control(Frames.control(Frames.PING, new byte[0]));
    beatWithin(leftNanos);
  }

  private void end() {
    getEndPoint().close();
  }

  /** The handshake is over: if nothing has come of it, nobody else says so. */
  void handshakeEnded() {
    if (!opened || !getEndPoint().isOpen()) {
      end();
      onClose(null);
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
    receiver.closed();
    gone.run();
  }

  private void cancelTimers() {
    cancel(messageDeadline);
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
