package dev.trackside.loadtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * Relays between clients and a server with one fault: drops a position on its way to a client,
 * sends it twice, or swaps it with the next.
 */
final class Relay implements AutoCloseable {
  /** What happens to one position. */
  enum Fault {
    NONE,
    DROP,
    DOUBLE,
    SWAP
  }

  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int BIG = 0xFFFF;

  private final ServerSocket door;
  private final int target;
  private final Fault fault;

  /** Counts the positions of all connections. */
  private final AtomicInteger positions = new AtomicInteger();

  private final int victim;

  Relay(ServerSocketFactory doors, int target, Fault fault, int victim) throws IOException {
    this.door = doors.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.fault = fault;
    this.victim = victim;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> carry(client, server, () -> copy(client, server)));
        Thread.ofVirtual().start(() -> carry(client, server, () -> relay(server, client)));
      }
    } catch (IOException e) {
      return;
    }
  }

  private interface Carrying {
    void run() throws IOException;
  }

  private static void carry(Socket one, Socket other, Carrying carrying) {
    try (one;
        other) {
      carrying.run();
    } catch (IOException e) {
      return;
    }
  }

  private static void copy(Socket from, Socket to) throws IOException {
    from.getInputStream().transferTo(to.getOutputStream());
  }

  private void relay(Socket server, Socket client) throws IOException {
    var in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
    OutputStream out = client.getOutputStream();
    byte[] head = head(in);
    out.write(head);
    if (!new String(head, ISO_8859_1).startsWith("HTTP/1.1 101")) {
      in.transferTo(out);
      return;
    }
    byte[] held = {};
    while (true) {
      byte[] frame = frame(in);
      boolean chosen = isPosition(frame) && positions.incrementAndGet() == victim;
      if (chosen && fault == Fault.SWAP) {
        held = frame;
        continue;
      }
      if (!chosen || fault != Fault.DROP) {
        out.write(frame);
      }
      if (chosen && fault == Fault.DOUBLE) {
        out.write(frame);
      }
      if (held.length > 0 && isPosition(frame)) {
        out.write(held);
        held = new byte[0];
      }
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the server ended before it answered");
      }
      head.append((char) next);
    }
    return head.toString().getBytes(ISO_8859_1);
  }

  /** Reads an unmasked frame, as servers send it. */
  private static byte[] frame(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    int more = second == LENGTH_16 ? 2 : second == LENGTH_64 ? 8 : 0;
    long length = more == 0 ? second : more == 2 ? in.readUnsignedShort() : in.readLong();
    byte[] frame = new byte[2 + more + Math.toIntExact(length)];
    frame[0] = (byte) first;
    frame[1] = (byte) second;
    for (int i = 0; i < more; i++) {
      int shift = 8 * (more - 1 - i);
      frame[2 + i] = (byte) (shift > 24 && length <= BIG ? 0 : length >>> shift);
    }
    in.readFully(frame, 2 + more, Math.toIntExact(length));
    return frame;
  }

  private static boolean isPosition(byte[] frame) {
    return new String(frame, UTF_8).contains("\"type\":\"position\"");
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
