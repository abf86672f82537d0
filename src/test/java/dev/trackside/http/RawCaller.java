package dev.trackside.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A caller on a bare socket that sends exactly the test's bytes, as slowly as wanted. */
final class RawCaller implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;
  private int first = -1;

  RawCaller(int port) throws IOException {
    this(port, 64 * 1024);
  }

  /**
   * @param receiveBytes the size of the kernel's receive buffer
   */
  RawCaller(int port, int receiveBytes) throws IOException {
    socket.setReceiveBufferSize(receiveBytes);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** A request without a body. */
  static String request(String line, String... headers) {
    return line + "\r\nHost: 127.0.0.1\r\n" + lines(headers) + "\r\n";
  }

  static String lines(String... headers) {
    return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
  }

  void say(String bytes) throws IOException {
    out.write(bytes.getBytes(ISO_8859_1));
  }

  /** Sends byte by byte, with pauses, until all is sent or the server answers. */
  String drip(String bytes, int pauseMs) throws IOException {
    for (int i = 0; i < bytes.length(); i++) {
      try {
        say(bytes.substring(i, i + 1));
      } catch (IOException e) {
        return rest();
      }
      if (hearsSomethingWithin(pauseMs)) {
        return answerBegun();
      }
    }
    return rest();
  }

  /** Whether a byte or the end arrives in time; the byte is kept. */
  private boolean hearsSomethingWithin(int ms) throws IOException {
    socket.setSoTimeout(ms);
    try {
      first = in.read();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      socket.setSoTimeout(PATIENCE_MS);
    }
  }

  /** The byte that interrupted the silence, and everything after it. */
  String answerBegun() {
    return first < 0 ? "" : (char) first + rest();
  }

  /** Whether the end interrupted the silence. */
  boolean hasEnded() {
    return first < 0;
  }

  /** Whether neither a byte nor the end arrives for so long. */
  boolean hearsNothingFor(int ms) throws IOException {
    return !hearsSomethingWithin(ms);
  }

  /** Everything up to the end of the connection, however it ends. */
  String rest() {
    var all = new StringBuilder();
    try {
      for (int one = in.read(); one >= 0; one = in.read()) {
        all.append((char) one);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open, after: " + all, e);
    } catch (IOException e) {
      // a reset is an end, too
    }
    return all.toString();
  }

  /** The head of an answer. */
  String head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      append(head);
    }
    return head.toString();
  }

  /** One answer whose head names the length of its body. */
  String answer() throws IOException {
    var answer = new StringBuilder(head());
    String length = answer.toString().replaceAll("(?is).*\r\ncontent-length: *(\\d+).*", "$1");
    if (length.length() < answer.length()) {
      for (int left = Integer.parseInt(length); left > 0; left--) {
        append(answer);
      }
    }
    return answer.toString();
  }

  private void append(StringBuilder answer) throws IOException {
    int one = in.read();
    if (one < 0) {
      throw new IOException("ended after: " + answer);
    }
    answer.append((char) one);
  }

  /** Reads until a text has come. */
  void awaitText(String text) throws IOException {
    var all = new StringBuilder();
    while (all.indexOf(text, Math.max(0, all.length() - text.length() - 1)) < 0) {
      append(all);
    }
  }

  /** Reads one byte. */
  int read() throws IOException {
    return in.read();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
