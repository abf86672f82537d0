package dev.trackside.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Locale;

/** One connection of somebody who means harm, from an address of their choice. One thread reads. */
final class Foe implements AutoCloseable {
  private static final int PATIENCE_MS = 30_000;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final String UPGRADE =
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
  private final OutputStream out;
  private final DataInputStream in;

  /**
   * @param receiveBytes how much the system takes for somebody who does not read, or 0 for the
   *     usual
   */
  Foe(String address, int port, int receiveBytes) throws IOException {
    try {
      if (receiveBytes > 0) {
        socket.setReceiveBufferSize(receiveBytes);
      }
      socket.setSoTimeout(PATIENCE_MS);
      socket.bind(new InetSocketAddress(address, 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      out = socket.getOutputStream();
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Becomes a WebSocket, and says something first. */
  Foe follow(String first) throws IOException {
    send(UPGRADE.getBytes(ISO_8859_1));
    int status = status();
    if (status != 101) {
      throw new IOException("no WebSocket: " + status);
    }
    say(first);
    return this;
  }

  void say(String message) throws IOException {
    frame(1, message.getBytes(UTF_8));
  }

  private void frame(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload);
    out.write(frame.array(), 0, frame.position());
  }

  /** Reads a frame and drops it. */
  void hear() throws IOException {
    int opcode = in.readUnsignedByte() & 0xF;
    int shortLength = in.readUnsignedByte();
    long length =
        switch (shortLength) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> shortLength;
        };
    switch (opcode) {
      case CLOSE -> throw new EOFException("sent away");
      case PING -> frame(PONG, in.readNBytes((int) length));
      default -> in.skipNBytes(length);
    }
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /**
   * Asks, and reads the answer to its end.
   *
   * @return the body
   * @throws IOException also when the server refuses
   */
  String ask(String method, String path, byte[] body, String... headers) throws IOException {
    send(head(method, path, body.length, headers));
    send(body);
    return answer();
  }

  static byte[] head(String method, String path, int length, String... headers) {
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: x\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: ").append(length).append("\r\n\r\n");
    return head.toString().getBytes(ISO_8859_1);
  }

  private int status() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    while (!line().isEmpty()) {}
    return status;
  }

  private String answer() throws IOException {
    String status = line();
    int length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring("content-length:".length()).strip());
      }
      chunked |= header.startsWith("transfer-encoding:");
    }
    byte[] body = in.readNBytes(length);
    while (chunked) {
      int size = Integer.parseInt(line(), 16);
      in.skipNBytes(size);
      line();
      chunked = size > 0;
    }
    if (!status.contains(" 20")) {
      throw new IOException(status);
    }
    return new String(body, UTF_8);
  }

  /** Reads so many bytes, or fewer when the answer ends. */
  boolean read(int bytes) throws IOException {
    return in.readNBytes(bytes).length == bytes;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
