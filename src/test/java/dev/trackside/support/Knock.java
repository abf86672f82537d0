package dev.trackside.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A WebSocket's handshake on a bare socket, what was answered, and the frames behind it. */
public final class Knock implements AutoCloseable {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;

  private final Socket socket;
  private final DataInputStream in;
  private final String head;

  private Knock(Socket socket, boolean waits) throws IOException {
    this.socket = socket;
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    head = waits ? readHead() : "";
  }

  /** Asks for a connection, with further headers, and waits for the answer. */
  public static Knock at(Running server, String... headers) throws IOException {
    return new Knock(asked(server, headers), true);
  }

  /** Asks for a connection and resets it in the same moment. */
  public static void andRun(Running server) throws IOException {
    try (var knock = new Knock(asked(server), false)) {
      knock.abort();
    }
  }

  private static Socket asked(Running server, String... headers) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    var request =
        new StringBuilder("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n")
            .append("Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")
            .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    socket.getOutputStream().write(request.append("\r\n").toString().getBytes(ISO_8859_1));
    return socket;
  }

  private String readHead() throws IOException {
    var text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      text.append((char) in.readUnsignedByte());
    }
    return text.toString();
  }

  public int status() {
    return Integer.parseInt(head.split(" ", 3)[1]);
  }

  /** The status line and the headers. */
  public String head() {
    return head;
  }

  public Knock say(String text) throws IOException {
    byte[] payload = text.getBytes(UTF_8);
    var frame = ByteBuffer.allocate(8 + payload.length).put((byte) (0x80 | TEXT));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload);
    socket.getOutputStream().write(frame.array(), 0, frame.position());
    return this;
  }

  /** The next message; fails when the server says goodbye instead. */
  public String next() throws IOException {
    int opcode = in.readUnsignedByte() & 0xf;
    byte[] payload = payload();
    if (opcode != TEXT) {
      throw new IOException("opcode " + opcode + " came");
    }
    return new String(payload, UTF_8);
  }

  /** The code of the server's goodbye, whatever came before it. */
  public int closeCode() throws IOException {
    while ((in.readUnsignedByte() & 0xf) != CLOSE) {
      payload();
    }
    return ByteBuffer.wrap(payload()).getShort();
  }

  private byte[] payload() throws IOException {
    int length = in.readUnsignedByte();
    return in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
  }

  /** Ends the connection without a word: a reset. */
  public void abort() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
