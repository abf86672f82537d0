package dev.trackside.support;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A WebSocket on a bare socket, message by message. One thread reads; others may write meanwhile.
 */
public final class RawLine implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
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

  private final Socket socket = new Socket();
  private final DataInputStream in;

  /** The server has said goodbye. */
  public static final class Goodbye extends EOFException {
    private static final long serialVersionUID = 1;

    private final int code;

    Goodbye(int code, String reason) {
      super("closed with " + code + " " + reason);
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  /** Connects and says something first. */
  public RawLine(int port, String first) throws IOException {
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    try {
      socket.getOutputStream().write(HANDSHAKE.getBytes(US_ASCII));
      String status = headLine();
      if (!status.contains(" 101 ")) {
        throw new IOException("no WebSocket: " + status);
      }
      while (!headLine().isEmpty()) {}
      say(first);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private String headLine() throws IOException {
    var line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  public void say(String message) throws IOException {
    write(TEXT, message.getBytes(UTF_8));
  }

  private synchronized void write(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload);
    socket.getOutputStream().write(frame.array(), 0, frame.position());
  }

  /** The messages of the next frame; answers pings on the way. */
  public List<JsonNode> next() throws IOException {
    JsonNode json = MAPPER.readTree(nextBytes());
    return json.isArray() ? List.copyOf(json.values()) : List.of(json);
  }

  /** The payload of the next text frame. */
  public byte[] nextBytes() throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & 0xF;
      byte[] payload = new byte[length()];
      in.readFully(payload);
      switch (opcode) {
        case TEXT -> {
          return payload;
        }
        case CLOSE -> {
          int code = payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort();
          int from = Math.min(2, payload.length);
          throw new Goodbye(code, new String(payload, from, payload.length - from, UTF_8));
        }
        case PING -> write(PONG, payload);
        default -> {}
      }
    }
  }

  private int length() throws IOException {
    int length = in.readUnsignedByte();
    return switch (length) {
      case 126 -> in.readUnsignedShort();
      case 127 -> Math.toIntExact(in.readLong());
      default -> length;
    };
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
