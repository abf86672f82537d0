package dev.trackside.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Callers who hold connections and never say what they want: a third sends half a handshake, a
 * third nothing, a third one byte a second. Who is sent away comes back at once. Safe for use by
 * many threads.
 */
final class Attackers implements AutoCloseable {
  private static final String HANDSHAKE =
      "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-";
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int DRIPS_A_TURN_MS = 10;

  private enum Kind {
    HALF,
    SILENT,
    DRIPPING
  }

  private static final List<Kind> KINDS = List.of(Kind.values());

  private final Selector selector = Selector.open();
  private final SocketAddress server;
  private final Attacker[] attackers;
  private final double everyNanos;
  private final Thread attacking;
  private volatile boolean coming = true;
  private volatile boolean over;
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger sentAway = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private volatile long longestNanos;

  private final class Attacker {
    private final Kind kind;
    private SocketChannel channel = SocketChannel.open();
    private long sinceNanos;
    private long nextDripNanos;
    private int dripped;

    Attacker(int index) throws IOException {
      kind = KINDS.get(index % KINDS.size());
    }

    private void come() throws IOException {
      channel.configureBlocking(false);
      channel.connect(server);
      channel.register(selector, SelectionKey.OP_CONNECT, this);
    }

    private void serve(SelectionKey key) {
      try {
        if (key.isConnectable()) {
          channel.finishConnect();
          key.interestOps(SelectionKey.OP_READ);
          begin();
        } else if (channel.read(ByteBuffer.allocate(1024)) >= 0) {
          answered.incrementAndGet();
        } else {
          goneWith();
        }
      } catch (IOException e) {
        goneWith();
      }
    }

    private void begin() throws IOException {
      connected.incrementAndGet();
      sinceNanos = System.nanoTime();
      nextDripNanos = sinceNanos;
      dripped = 0;
      if (kind == Kind.HALF) {
        channel.write(ByteBuffer.wrap(HANDSHAKE.getBytes(US_ASCII)));
      }
    }

    private void goneWith() {
      try {
        channel.close();
        if (sinceNanos != 0) {
          connected.decrementAndGet();
          sentAway.incrementAndGet();
          longestNanos = Math.max(longestNanos, System.nanoTime() - sinceNanos);
          sinceNanos = 0;
        }
        if (coming) {
          channel = SocketChannel.open();
          come();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void drip(long nowNanos) {
      if (kind == Kind.DRIPPING && sinceNanos != 0 && nowNanos - nextDripNanos >= 0) {
        nextDripNanos += SECOND_NANOS;
        int at = dripped++ % HANDSHAKE.length();
        try {
          channel.write(ByteBuffer.wrap(HANDSHAKE.getBytes(US_ASCII), at, 1));
        } catch (IOException e) {
          goneWith();
        }
      }
    }
  }

  /**
   * Lets so many come, one after the other.
   *
   * @param within how long it takes until all are there
   */
  Attackers(int port, int count, Duration within) throws IOException {
    this.everyNanos = (double) within.toNanos() / count;
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    attackers = new Attacker[count];
    for (int i = 0; i < count; i++) {
      attackers[i] = new Attacker(i);
    }
    attacking = Thread.ofPlatform().name("attackers").start(this::attack);
  }

  private void attack() {
    long startNanos = System.nanoTime();
    int here = 0;
    try {
      while (!over) {
        double due = (System.nanoTime() - startNanos) / everyNanos;
        for (; coming && here < Math.min(due, attackers.length); here++) {
          attackers[here].come();
        }
        selector.select(key -> ((Attacker) key.attachment()).serve(key), DRIPS_A_TURN_MS);
        long now = System.nanoTime();
        for (Attacker attacker : attackers) {
          attacker.drip(now);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on, who is sent away stays away. */
  void comeNoMore() {
    coming = false;
  }

  /** How many are connected at present. */
  int connected() {
    return connected.get();
  }

  /** How often one of them was sent away. */
  int sentAway() {
    return sentAway.get();
  }

  /** How often one of them got an answer. */
  int answered() {
    return answered.get();
  }

  /** How long one of them has held a connection, at most. */
  double longestSeconds() {
    return longestNanos / 1e9;
  }

  @Override
  public void close() throws IOException {
    over = true;
    try {
      attacking.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Attacker attacker : attackers) {
      attacker.channel.close();
    }
    selector.close();
  }
}
