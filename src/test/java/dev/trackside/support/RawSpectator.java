package dev.trackside.support;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/** A spectator on a bare socket, who reads only when the test asks. */
public final class RawSpectator implements AutoCloseable {
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

  private static final int TEXT = 1;
  private static final int BINARY = 2;

  private final Queue<byte[]> texts = new ArrayDeque<>();
  private final Queue<byte[]> binaries = new ArrayDeque<>();
  private final Socket socket = new Socket();
  private final DataInputStream in;

  /**
   * @param receiveBytes how much the kernel may hold for the spectator, or 0 for the usual
   */
  public RawSpectator(int port, int receiveBytes, String first) throws IOException {
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(20_000);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    socket.getOutputStream().write(HANDSHAKE.getBytes(US_ASCII));
    for (int end = 0; end < 4; ) {
      int next = in.read();
      end = next == '\r' || next == '\n' ? end + 1 : 0;
    }
    say(first);
  }

  public void say(String message) throws IOException {
    byte[] text = message.getBytes(UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(text.length + 8).put((byte) 0x81);
    if (text.length < 126) {
      frame.put((byte) (0x80 | text.length));
    } else {
      frame.put((byte) 0xFE).putShort((short) text.length);
    }
    frame.putInt(0).put(text);
    socket.getOutputStream().write(frame.array(), 0, frame.position());
  }

  /** The payload of the next text frame. */
  public String next() throws IOException {
    return new String(next(TEXT), UTF_8);
  }

  /** The payload of the next binary frame. */
  public ByteBuffer nextBinary() throws IOException {
    return ByteBuffer.wrap(next(BINARY));
  }

  /** What came of the one kind while the other was waited for is kept. */
  private byte[] next(int wanted) throws IOException {
    byte[] kept = (wanted == TEXT ? texts : binaries).poll();
    while (kept == null) {
      int opcode = in.readUnsignedByte() & 0xF;
      int length = in.readUnsignedByte();
      byte[] payload =
          new byte
              [switch (length) {
                case 126 -> in.readUnsignedShort();
                case 127 -> Math.toIntExact(in.readLong());
                default -> length;
              }];
      in.readFully(payload);
      if (opcode == wanted) {
        kept = payload;
      } else if (opcode == TEXT) {
        texts.add(payload);
      } else if (opcode == BINARY) {
        binaries.add(payload);
      }
    }
    return kept;
  }

  /** The number that follows {@code "name":} in a flat object, or 0. */
  public static long number(String json, String name) {
    int at = json.indexOf("\"" + name + "\":");
    if (at < 0) {
      return 0;
    }
    int from = at + name.length() + 3;
    int to = from;
    while (to < json.length() && (Character.isDigit(json.charAt(to)) || json.charAt(to) == '-')) {
      to++;
    }
    return Long.parseLong(json.substring(from, to));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
