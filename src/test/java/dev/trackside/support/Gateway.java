package dev.trackside.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network that lets some requests through and ends the connections of others. */
public final class Gateway implements AutoCloseable {
  private final int serverPort;
  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final String answer;
  private volatile Set<String> blocked;

  /**
   * @param blocked what no request may contain
   */
  public Gateway(int serverPort, String... blocked) throws IOException {
    this(serverPort, "", Set.of(blocked));
  }

  private Gateway(int serverPort, String answer, Set<String> blocked) throws IOException {
    this.serverPort = serverPort;
    this.answer = answer;
    this.blocked = blocked;
    Thread.ofVirtual().start(this::accept);
  }

  /** A proxy that answers 502 for whatever requests contain. */
  public static Gateway bad(int serverPort, String blocked) throws IOException {
    String answer = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    return new Gateway(serverPort, answer, Set.of(blocked));
  }

  public int port() {
    return door.getLocalPort();
  }

  /** From now on lets everything through. */
  public void openUp() {
    blocked = Set.of();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> carry(client, server, true));
        Thread.ofVirtual().start(() -> carry(server, client, false));
      } catch (IOException e) {
        return;
      }
    }
  }

  /** Browsers send a request's head in one piece. */
  private void carry(Socket from, Socket to, boolean requests) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[64 * 1024];
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        String words = new String(piece, 0, length, ISO_8859_1);
        if (requests && blocked.stream().anyMatch(words::contains)) {
          from.getOutputStream().write(answer.getBytes(ISO_8859_1));
          return;
        }
        out.write(piece, 0, length);
      }
    } catch (IOException e) {
      // the other end is told by the end of its connection
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
