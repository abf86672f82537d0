package dev.trackside.websocket;

import dev.trackside.connection.OpenConnection;
import dev.trackside.connection.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's WebSocket on Jetty's endpoint. The selector's thread reads and parses; an idle
 * connection holds no buffer.
 */
final class Connection extends OpenConnection implements FrameParser.Handler, Socket {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int READ_BYTES = 64 * 1024;

  /** A client that has lost its right has this long to learn of it. */
  private static final Duration CUT = Duration.ofMillis(500);

  private static final int READS_A_TURN = 4;
  private static final ThreadLocal<ByteBuffer> READ_BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(READ_BYTES));

  /** SUSPENDED during a read that is the last for now, PARKED once that read has ended. */
  private enum Reading {
    ON,
    SUSPENDED,
    PARKED
  }

  private final ConnectionLimits limits;
  private final boolean inflates;
  private final FrameParser parser;
  private final Function<Socket, Receiver> receivers;
  private Receiver receiver = Receiver.NOBODY;
  private final AtomicReference<Reading> reading = new AtomicReference<>(Reading.ON);
  private byte @Nullable [] unread;
  private boolean messageEnded;
  private volatile @Nullable Future<?> messageDeadline;
  private volatile long heardNanos = System.nanoTime();
  private boolean discarding;
  private int discarded;

  Connection(
      EndPoint endPoint,
      Executor executor,
      ConnectionLimits limits,
      boolean inflates,
      ScheduledExecutorService timer,
      Admission.Welcome welcome) {
    super(endPoint, executor, limits.write(), timer, welcome.gone());
    this.limits = limits;
    this.inflates = inflates;
    this.parser = new FrameParser(limits, inflates, this);
    this.receivers = welcome.receivers();
  }

  @Override
  public void onUpgradeTo(ByteBuffer rest) {
    unread = new byte[rest.remaining()];
    rest.get(unread);
  }

  @Override
  protected void prepare() {
    receiver = receivers.apply(this);
  }

  @Override
  protected void opened() {
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
    if (isOver()) {
      return;
    }
    if (!reading.compareAndSet(Reading.SUSPENDED, Reading.PARKED)) {
      fillInterested();
    } else if (isClosing()) {
      resumeReading();
    }
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
    if (midMessage() && messageDeadline == null && !isClosing()) {
      messageDeadline = schedule(this::messageTooSlow, limits.messageTime().toNanos());
      cancelTimersIfOver();
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
    if (isClosing()) {
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
    if (!isClosing()) {
      receiver.text(bytes, length);
    }
  }

  @Override
  public void ping(byte[] payload) {
    output.control(Frames.control(Frames.PONG, payload));
  }

  /** The client closes, or answers our Close frame. */
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

  @Override
  protected void written() {
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
    if (close(Frames.close(code, reason), linger) && !isOver()) {
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
    beatIn(Math.min(pingNanos - jitterNanos, mostNanos));
  }

  @Override
  protected void beat() {
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

  @Override
  protected void ended() {
    receiver.closed();
  }

  @Override
  protected void cancelTimers() {
    cancel(messageDeadline);
    super.cancelTimers();
  }
}
