package dev.trackside.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A client that says exactly the bytes it is given, and reads what the server answers. */
final class RawClient implements AutoCloseable {
  static final String SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final int PATIENCE_MS = 10_000;

  /** A frame from the server. */
  record Frame(int opcode, boolean deflated, byte[] payload) {
    String text() {
      return new String(payload, UTF_8);
    }

    int code() {
      return payload.length < 2 ? CloseCode.NO_STATUS : ByteBuffer.wrap(payload).getShort();
    }

    String reason() {
      return new String(payload, 2, payload.length - 2, UTF_8);
    }
  }

  final Socket socket;

  /** The head of the server's answer to the handshake. */
  String answer = "";

  private final OutputStream out;
  private final DataInputStream in;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** A connection on which nothing was said yet. */
  static RawClient dial(EchoServer server) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(16 * 1024);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    return new RawClient(socket);
  }

  /** A connection on which frames may be sent. */
  static RawClient open(EchoServer server, String... headers) throws IOException {
    RawClient client = dial(server);
    client.send(client.handshake(headers));
    client.answer = client.readHead();
    if (!client.answer.startsWith("HTTP/1.1 101 ")) {
      throw new IOException(client.answer);
    }
    return client;
  }

  byte[] handshake(String... headers) {
    var lines =
        new ArrayList<>(
            List.of(
                "GET /ws HTTP/1.1",
                "Host: 127.0.0.1:" + socket.getPort(),
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: " + SAMPLE_KEY,
                "Sec-WebSocket-Version: 13"));
    lines.addAll(List.of(headers));
    return request(lines.toArray(String[]::new));
  }

  static byte[] request(String... lines) {
    return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1);
  }

  void send(byte[]... frames) throws IOException {
    out.write(Wire.join(frames));
  }

  void sendAll(byte[]... frames) {
    try {
      send(frames);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends each byte by itself. */
  void sendOneByOne(byte[] bytes) throws IOException {
    for (byte one : bytes) {
      out.write(one);
    }
  }

  /** Sends the same again and again until the server has ended the connection. */
  void sendUntilRefused(byte[] frame) {
    try {
      while (true) {
        out.write(frame);
      }
    } catch (IOException e) {
      // the server takes no more
    }
  }

  /** The answer to a request, up to the empty line. */
  String readHead() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  /** Skips what follows an answer whose head names its length. */
  void skipBody(String head) throws IOException {
    String length = head.replaceAll("(?is).*\r\ncontent-length: (\\d+).*", "$1");
    in.skipNBytes(Integer.parseInt(length));
  }

  Frame read() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    boolean deflated = answer.contains("permessage-deflate") && (first & Frames.DEFLATED) != 0;
    if ((first & 0xF0) != (deflated ? 0xC0 : 0x80) || second > 127) {
      throw new IOException("a server must not send 0x%x 0x%x".formatted(first, second));
    }
    int length = second;
    if (second == 126) {
      length = in.readUnsignedShort();
    } else if (second == 127) {
      length = Math.toIntExact(in.readLong());
    }
    return new Frame(first & 0xF, deflated, in.readNBytes(length));
  }

  String readText() throws IOException {
    return expect(Frames.TEXT).text();
  }

  /** The next frame, which must be of this kind. */
  Frame expect(int opcode) throws IOException {
    Frame frame = read();
    if (frame.opcode != opcode) {
      throw new IOException("opcode %x came: %s".formatted(frame.opcode, frame.text()));
    }
    return frame;
  }

  Frame readPastPings() throws IOException {
    Frame frame = read();
    while (frame.opcode == Frames.PING) {
      frame = read();
    }
    return frame;
  }

  /** The server's Close frame, whatever came before it. */
  Frame readClose() throws IOException {
    Frame frame = read();
    while (frame.opcode != Frames.CLOSE) {
      frame = read();
    }
    return frame;
  }

  /** Reads until the server has ended the connection; whether it did so without a Close frame. */
  boolean readToAbort() throws IOException {
    try {
      readClose();
      return false;
    } catch (EOFException | SocketException e) {
      return true;
    }
  }

  /** Reads until the server's output ends; whether nothing else came. */
  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  /** Ends with a reset instead of an orderly end. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  void hangUp() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
