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
import java.util.Locale;

/** A connection that is kept for one request after the other. */
final class ReusedConnection implements AutoCloseable {
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] CONTENT_LENGTH = "\r\ncontent-length: ".getBytes(US_ASCII);

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer in = ByteBuffer.allocate(8_192);
  private ByteBuffer out = ByteBuffer.allocate(0);

  ReusedConnection(int port, Selector selector, Object attachment) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ, attachment);
  }

  void send(byte[] request) throws IOException {
    out = ByteBuffer.wrap(request);
    write();
  }

  /** Does what is possible now; returns the status of an answer that is complete, else 0. */
  int serve() throws IOException {
    int ready = key.readyOps();
    if ((ready & SelectionKey.OP_WRITE) != 0) {
      write();
    }
    return (ready & SelectionKey.OP_READ) != 0 ? read() : 0;
  }

  private void write() throws IOException {
    channel.write(out);
    key.interestOps(
        out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  private int read() throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("the server has ended a connection");
    }
    int head = Digits.behind(END_OF_HEAD, in.array(), 0, in.position());
    if (head < 0) {
      return 0;
    }
    String fields = new String(in.array(), 0, head, US_ASCII).toLowerCase(Locale.ROOT);
    byte[] lower = fields.getBytes(US_ASCII);
    int length = Digits.behind(CONTENT_LENGTH, lower, 0, head);
    if (length < 0) {
      throw new IOException("no length: " + fields);
    }
    if (in.position() < head + Digits.read(lower, length, head)) {
      return 0;
    }
    in.clear();
    return (int) Digits.read(lower, 9, head);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
