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
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Honest clients: runners who report in turn, and spectators who follow {@value #MOST_FOLLOWED} of
 * them, or all where there are fewer. Few share an address. The thread that calls {@link #watch}
 * does everything.
 */
final class Spectators implements AutoCloseable {
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
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] NUMBER = "\"n\":".getBytes(US_ASCII);
  private static final int MOST_FOLLOWED = 10;
  private static final int ADDRESSES = 250;
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final int PING = 9;
  private static final int CLOSE = 8;

  private final Selector selector = Selector.open();
  private final LoadClient[] runners;
  private final LoadClient[] spectators;
  private final int followed;
  private int first;
  private Pace pace = Pace.of(1, 0, 0);
  private Latencies latencies = new Latencies(0);
  private long heard;
  private long disordered;

  private final class LoadClient {
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(16_384);
    private final Map<Integer, Integer> newest = new HashMap<>();

    LoadClient(int port, int index, String greeting) throws IOException {
      channel = SocketChannel.open();
      channel.bind(new InetSocketAddress("127.0.1." + (1 + index % ADDRESSES), 0));
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.write(ByteBuffer.wrap(HANDSHAKE.getBytes(US_ASCII)));
      while (Digits.behind(HEAD_END, in.array(), 0, in.position()) < 0) {
        if (channel.read(in) < 0) {
          throw new IOException("the server takes nobody in");
        }
      }
      in.clear();
      say(1, greeting.getBytes(US_ASCII));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void say(int opcode, byte[] payload) throws IOException {
      ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put((byte) (0x80 | opcode));
      if (payload.length < 126) {
        frame.put((byte) (0x80 | payload.length));
      } else {
        frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
      }
      frame.putInt(0).put(payload).flip();
      if (channel.write(frame) == 0 || frame.hasRemaining()) {
        throw new IOException("the server does not read");
      }
    }

    void read() throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException("the server has ended an honest connection");
      }
      in.flip();
      while (in.remaining() >= 2) {
        int at = in.position();
        int length = in.get(at + 1) & 0x7F;
        int head = length == 126 ? 4 : 2;
        if (in.remaining() < head) {
          break;
        }
        length = length == 126 ? in.getShort(at + 2) & 0xFFFF : length;
        if (in.remaining() < head + length) {
          break;
        }
        hear(in.get(at) & 0xF, at + head, at + head + length);
        in.position(at + head + length);
      }
      in.compact();
    }

    private void hear(int opcode, int from, int end) throws IOException {
      switch (opcode) {
        case PING -> say(0xA, Arrays.copyOfRange(in.array(), from, end));
        case CLOSE -> throw new IOException(new String(in.array(), from, end - from, US_ASCII));
        default -> {
          int behind = Digits.behind(NUMBER, in.array(), from, end);
          if (behind >= 0) {
            hear((int) Digits.read(in.array(), behind, end));
          }
        }
      }
    }

    private void hear(int number) {
      if (number < first) {
        return;
      }
      Integer before = newest.put(number % runners.length, number);
      if (before != null && number <= before) {
        disordered++;
      }
      heard++;
      if (pace.counts(number - first)) {
        latencies.add(System.nanoTime() - pace.dueNanos(number - first));
      }
    }
  }

  Spectators(int port, int runners, int spectators) throws IOException {
    followed = Math.min(runners, MOST_FOLLOWED);
    this.runners = new LoadClient[runners];
    for (int i = 0; i < runners; i++) {
      this.runners[i] = new LoadClient(port, i, "{\"id\":\"runner-" + i + "\",\"echo\":false}");
    }
    this.spectators = new LoadClient[spectators];
    for (int i = 0; i < spectators; i++) {
      this.spectators[i] = new LoadClient(port, runners + i, following(i));
    }
  }

  private String following(int index) {
    return IntStream.range(0, followed)
        .map(i -> (index * followed + i) % runners.length)
        .mapToObj(i -> "\"runner-" + i + "\"")
        .collect(Collectors.joining(",", "{\"follow\":[", "]}"));
  }

  /**
   * Reports at this rate until every spectator has heard everything, or nothing has been heard for
   * long.
   */
  SeenFixes watch(Pace rate) throws IOException {
    pace = rate;
    int each = spectators.length * followed / runners.length;
    latencies = new Latencies(rate.counting() * each);
    heard = 0;
    disordered = 0;
    long all = (long) rate.count() * each;
    long lastNanos = System.nanoTime();
    long before = 0;
    int sent = 0;
    while (heard < all && System.nanoTime() - lastNanos < PATIENCE_NANOS) {
      for (int due = rate.due(System.nanoTime()); sent < due; sent++) {
        report(first + sent);
      }
      selector.select(key -> serve((LoadClient) key.attachment()), 1);
      if (heard != before || sent == 0) {
        before = heard;
        lastNanos = System.nanoTime();
      }
    }
    first += rate.count();
    return new SeenFixes(latencies, all - heard, disordered);
  }

  /** Answers the server's pings while nobody runs. */
  void await(Duration time) throws IOException {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      selector.select(key -> serve((LoadClient) key.attachment()), 10);
    }
  }

  private void report(int number) throws IOException {
    String position = "{\"lat\":52.5,\"lon\":%d.25,\"n\":%d}".formatted(number % 180, number);
    runners[number % runners.length].say(1, position.getBytes(US_ASCII));
  }

  private static void serve(LoadClient client) {
    try {
      client.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (LoadClient client : runners) {
      client.channel.close();
    }
    for (LoadClient client : spectators) {
      client.channel.close();
    }
    selector.close();
  }
}
