package dev.trackside.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Phones on WebSockets, each with a runner of its own: positions are due one after another, at a
 * fixed rate, and each is acknowledged.
 */
final class WebSocketPhones implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int FIRST_REF = 10_000_000;
  private static final String HANDSHAKE =
      """
      GET /ws HTTP/1.1
      Host: x
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13

      """
          .replace("\n", "\r\n");
  private static final byte[] ACK = "\"type\":\"ack\"".getBytes(US_ASCII);
  private static final byte[] REF = "\"ref\":".getBytes(US_ASCII);
  private static final byte[] VERDICT = "\"verdict\":\"".getBytes(US_ASCII);
  private static final String POSITION =
      "{\"t\":1000000000000,\"lat\":52.000000,\"lon\":13.000000,\"acc\":4.5,\"ref\":10000000}";
  private static final int T_AT = POSITION.indexOf("1000000000000");
  private static final int LAT_AT = POSITION.indexOf("52.") + 3;
  private static final int LON_AT = POSITION.indexOf("13.") + 3;
  private static final int REF_AT = POSITION.indexOf("10000000}");

  private final Selector selector = Selector.open();
  private final Phone[] phones;
  private final long startMs = System.currentTimeMillis();
  private Pace pace = Pace.of(1, 0, 0);
  private Latencies latencies = new Latencies(0);
  private long acknowledged;
  private long refused;

  /** One connection: what it has sent is told by a number, what is due by the clock. */
  private final class Phone {
    private final int index;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer frame = ByteBuffer.allocate(POSITION.length() + 6);
    private final ByteBuffer in = ByteBuffer.allocate(16_384);
    private int sent;

    Phone(int index, int port) throws IOException {
      this.index = index;
      channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.write(ByteBuffer.wrap(HANDSHAKE.getBytes(US_ASCII)));
      while (Digits.behind("\r\n\r\n".getBytes(US_ASCII), in.array(), 0, in.position()) < 0) {
        channel.read(in);
      }
      in.clear();
      register();
      frame.put((byte) 0x81).put((byte) (0x80 | POSITION.length())).putInt(0);
      frame.put(POSITION.getBytes(US_ASCII));
      channel.configureBlocking(false);
      key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    private void register() throws IOException {
      String first = "{\"id\":\"phone-" + index + "\",\"events\":true,\"echo\":false}";
      ByteBuffer register = ByteBuffer.allocate(first.length() + 6);
      register.put((byte) 0x81).put((byte) (0x80 | first.length())).putInt(0);
      channel.write(register.put(first.getBytes(US_ASCII)).flip());
    }

    /** Sends all that is due, as far as the connection takes it. */
    void send(int allDue) throws IOException {
      while (true) {
        if (!frame.hasRemaining()) {
          int next = sent * phones.length + index;
          if (next >= allDue) {
            key.interestOps(SelectionKey.OP_READ);
            return;
          }
          write(next);
          sent++;
        }
        channel.write(frame);
        if (frame.hasRemaining()) {
          key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
          return;
        }
      }
    }

    private void write(int number) {
      frame.clear();
      Digits.put(frame, 6 + T_AT, 13, startMs + (long) (number * pace.everyNanos() / 1e6));
      Digits.put(frame, 6 + LAT_AT, 6, number % 1_000_000);
      Digits.put(frame, 6 + LON_AT, 6, sent * 7L % 1_000_000);
      Digits.put(frame, 6 + REF_AT, 8, FIRST_REF + number);
    }

    void read() throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException("the server has ended the connection of phone " + index);
      }
      in.flip();
      while (in.remaining() >= 2) {
        int at = in.position();
        int length = in.get(at + 1) & 0x7F;
        int head = length == 126 ? 4 : 2;
        if (length == 126 && in.remaining() >= 4) {
          length = in.getShort(at + 2) & 0xFFFF;
        }
        if (in.remaining() < head + length) {
          break;
        }
        hear(in.get(at) & 0xF, in.array(), at + head, at + head + length);
        in.position(at + head + length);
      }
      in.compact();
    }
  }

  /** Connects so many phones. */
  WebSocketPhones(int port, int count) throws IOException {
    phones = new Phone[count];
    for (int i = 0; i < count; i++) {
      phones[i] = new Phone(i, port);
      phones[i].frame.position(phones[i].frame.limit());
    }
  }

  private void hear(int opcode, byte[] text, int from, int end) throws IOException {
    if (opcode == 8) {
      throw new IOException("closed: " + new String(text, from + 2, end - from - 2, US_ASCII));
    }
    if (opcode != 1 || Digits.behind(ACK, text, from, Math.min(end, from + 16)) < 0) {
      return;
    }
    int number = (int) Digits.read(text, Digits.behind(REF, text, from, end), end) - FIRST_REF;
    byte verdict = text[Digits.behind(VERDICT, text, from, end)];
    if (verdict == 'a' || verdict == 'l') {
      acknowledged++;
    } else {
      refused++;
    }
    if (pace.counts(number)) {
      latencies.add(System.nanoTime() - pace.dueNanos(number));
    }
  }

  /** Reports at this rate until all is acknowledged, or nothing has been for long. */
  Outcome report(Pace rate) throws IOException {
    pace = rate;
    latencies = new Latencies(rate.counting());
    long lastNanos = System.nanoTime();
    long before = -1;
    int sent = 0;
    while (acknowledged + refused < pace.count()
        && System.nanoTime() - lastNanos < PATIENCE_NANOS) {
      int due = pace.due(System.nanoTime());
      for (; sent < due; sent++) {
        Phone phone = phones[sent % phones.length];
        if ((phone.key.interestOps() & SelectionKey.OP_WRITE) == 0) {
          phone.send(due);
        }
      }
      selector.select(key -> serve((Phone) key.attachment(), key.readyOps(), due), 1);
      if (acknowledged + refused != before || sent == 0) {
        before = acknowledged + refused;
        lastNanos = System.nanoTime();
      }
    }
    double seconds = (lastNanos - pace.startNanos()) / 1e9;
    return new Outcome(sent, acknowledged, refused, seconds, latencies.count(), latencies);
  }

  private static void serve(Phone phone, int ready, int due) {
    try {
      if ((ready & SelectionKey.OP_READ) != 0) {
        phone.read();
      }
      if ((ready & SelectionKey.OP_WRITE) != 0) {
        phone.send(due);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (Phone phone : phones) {
      phone.channel.close();
    }
    selector.close();
  }
}
