package dev.trackside.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Batches of positions over HTTP, on connections that are kept: due one after another at a fixed
 * rate, each for another runner. A batch goes to any connection that is free.
 */
final class Posts implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] CONTENT_LENGTH = "\r\ncontent-length: ".getBytes(US_ASCII);
  private static final byte[] ACCEPTED = "\"accepted\":".getBytes(US_ASCII);
  private static final byte[] LATE = "\"late\":".getBytes(US_ASCII);
  private static final String POSITION =
      "{\"t\":1000000000000,\"lat\":52.000000,\"lon\":13.000000,\"acc\":4.5},";
  private static final int T_AT = POSITION.indexOf("1000000000000");
  private static final int LAT_AT = POSITION.indexOf("52.") + 3;
  private static final int LON_AT = POSITION.indexOf("13.") + 3;

  private final Selector selector = Selector.open();
  private final List<Connection> all = new ArrayList<>();
  private final Deque<Connection> free = new ArrayDeque<>();
  private final Deque<Again> again = new ArrayDeque<>();
  private final int each;
  private final int runners;
  private final String prefix;
  private final long startMs = System.currentTimeMillis() - TimeUnit.DAYS.toMillis(1);
  private Pace pace = Pace.of(1, 0, 0);
  private Latencies latencies = new Latencies(0);
  private long acknowledged;
  private long turnedAway;
  private int settled;

  /** A batch that could not be stored, and is posted again at that time. */
  private record Again(int number, long atNanos) {}

  private final class Connection {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final byte[] body;
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocate(16_384);
    private int number;

    Connection(int port) throws IOException {
      channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      key = channel.register(selector, SelectionKey.OP_READ, this);
      body = ("[" + POSITION.repeat(each)).getBytes(US_ASCII);
      body[body.length - 1] = ']';
      out = ByteBuffer.allocate(body.length + 512);
    }

    void post(int batch) throws IOException {
      number = batch;
      out.clear();
      out.put(
          ("POST /api/runners/"
                  + prefix
                  + batch % runners
                  + "/positions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                  + "Content-Length: "
                  + body.length
                  + "\r\n\r\n")
              .getBytes(US_ASCII));
      int at = out.position() + 1;
      out.put(body);
      long first = (long) (batch / runners) * each;
      for (long i = first; i < first + each; i++) {
        Digits.put(out, at + T_AT, 13, startMs + i);
        Digits.put(out, at + LAT_AT, 6, i * 3 % 1_000_000);
        Digits.put(out, at + LON_AT, 6, i * 7 % 1_000_000);
        at += POSITION.length();
      }
      out.flip();
      write();
    }

    void write() throws IOException {
      channel.write(out);
      key.interestOps(
          out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    void read() throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException("the server has ended a connection");
      }
      int head = Digits.behind(END_OF_HEAD, in.array(), 0, in.position());
      if (head < 0) {
        return;
      }
      for (int i = 0; i < head; i++) {
        in.put(i, (byte) Character.toLowerCase(in.get(i)));
      }
      int length = Digits.behind(CONTENT_LENGTH, in.array(), 0, head);
      if (length < 0) {
        throw new IOException("no length: " + new String(in.array(), 0, head, US_ASCII));
      }
      int end = head + (int) Digits.read(in.array(), length, head);
      if (in.position() >= end) {
        answered(this, (int) Digits.read(in.array(), 9, head), in.array(), head, end);
        in.clear();
        free.addLast(this);
      }
    }
  }

  /**
   * @param each how many positions a batch has
   * @param prefix what the runners' ids begin with
   */
  Posts(int port, int connections, int runners, int each, String prefix) throws IOException {
    this.runners = runners;
    this.each = each;
    this.prefix = prefix;
    for (int i = 0; i < connections; i++) {
      var connection = new Connection(port);
      all.add(connection);
      free.addLast(connection);
    }
  }

  private void answered(Connection connection, int status, byte[] answer, int from, int end)
      throws IOException {
    switch (status) {
      case 200 -> {
        settled++;
        acknowledged += Digits.read(answer, Digits.behind(ACCEPTED, answer, from, end), end);
        acknowledged += Digits.read(answer, Digits.behind(LATE, answer, from, end), end);
        if (pace.counts(connection.number)) {
          latencies.add(System.nanoTime() - pace.dueNanos(connection.number));
        }
      }
      case 503 -> {
        turnedAway++;
        again.add(new Again(connection.number, System.nanoTime() + AGAIN_NANOS));
      }
      default ->
          throw new IOException(status + " " + new String(answer, from, end - from, US_ASCII));
    }
  }

  /** Posts at this rate until all is acknowledged, or nothing has been for long. */
  Outcome post(Pace rate) throws IOException {
    pace = rate;
    latencies = new Latencies(rate.counting());
    long lastNanos = System.nanoTime();
    int before = -1;
    int sent = 0;
    while (settled < pace.count() && System.nanoTime() - lastNanos < PATIENCE_NANOS) {
      long now = System.nanoTime();
      while (!free.isEmpty() && !again.isEmpty() && again.peek().atNanos < now) {
        free.pop().post(again.remove().number);
      }
      for (int due = pace.due(now); sent < due && !free.isEmpty(); sent++) {
        free.pop().post(sent);
      }
      selector.select(key -> serve((Connection) key.attachment(), key.readyOps()), 1);
      if (settled != before || sent == 0) {
        before = settled;
        lastNanos = System.nanoTime();
      }
    }
    double seconds = (lastNanos - pace.startNanos()) / 1e9;
    return new Outcome(
        (long) sent * each, acknowledged, turnedAway, seconds, latencies.count(), latencies);
  }

  private static void serve(Connection connection, int ready) {
    try {
      if ((ready & SelectionKey.OP_READ) != 0) {
        connection.read();
      }
      if ((ready & SelectionKey.OP_WRITE) != 0) {
        connection.write();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : all) {
      connection.channel.close();
    }
    selector.close();
  }
}
