package dev.trackside.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * A request as a file keeps it: line, headers, blank line, body. {@code {key}} stands for the
 * runner's key, {@code {basic}} for it as a password. Packing, chunks and lengths are added as the
 * headers demand it.
 */
public final class PhoneRequest {
  /** What came back. */
  public record Answered(int status, String head, String body) {}

  private static final Pattern ANSWER =
      Pattern.compile("HTTP/1\\.1 (\\d{3}) .*?\r\n\r\n(.*)", Pattern.DOTALL);
  private static final int PATIENCE_MS = 20_000;

  private final byte[] bytes;

  public PhoneRequest(String text, String key) {
    String basic = Base64.getEncoder().encodeToString(("anna:" + key).getBytes(UTF_8));
    int blank = text.indexOf("\n\n");
    String head = text.substring(0, blank).replace("{key}", key).replace("{basic}", basic);
    byte[] body = text.substring(blank + 2).getBytes(UTF_8);
    if (head.contains("Content-Encoding: gzip") && !head.contains("as-it-is")) {
      body = zipped(body);
    }
    var all = new ByteArrayOutputStream();
    String more = "\nHost: 127.0.0.1\nConnection: close";
    if (head.contains("Transfer-Encoding: chunked")) {
      body = chunked(body);
    } else if (body.length > 0) {
      more += "\nContent-Length: " + body.length;
    }
    all.writeBytes(((head + more).replace("\n", "\r\n") + "\r\n\r\n").getBytes(ISO_8859_1));
    all.writeBytes(body);
    bytes = all.toByteArray();
  }

  private static byte[] zipped(byte[] body) {
    var packed = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(packed)) {
      zip.write(body);
    } catch (IOException e) {
      throw new IllegalStateException("memory is no disk", e);
    }
    return packed.toByteArray();
  }

  private static byte[] chunked(byte[] body) {
    var chunks = new ByteArrayOutputStream();
    for (int from = 0; from < body.length; from += 50) {
      int length = Math.min(50, body.length - from);
      chunks.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
      chunks.write(body, from, length);
      chunks.writeBytes("\r\n".getBytes(ISO_8859_1));
    }
    chunks.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
    return chunks.toByteArray();
  }

  public Answered sendTo(int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(bytes);
      String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
      String answer = all.replaceFirst("^HTTP/1\\.1 100 [^\r]*\r\n\r\n", "");
      Matcher parts = ANSWER.matcher(answer);
      if (!parts.matches()) {
        throw new IOException("no answer, but " + answer);
      }
      return new Answered(Integer.parseInt(parts.group(1)), answer, parts.group(2));
    }
  }
}
