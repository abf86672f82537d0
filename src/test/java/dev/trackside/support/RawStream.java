package dev.trackside.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event stream on a bare socket, read only when the test asks. */
public final class RawStream implements AutoCloseable {
  /** A block of a stream: an event, or a mark or comment without data. */
  public record Event(String name, String id, String data, String comment) {
    public long number(String member) {
      return RawSpectator.number(data, member);
    }
  }

  private static final Event NOTHING = new Event("", "", "", "");

  private final Socket socket = new Socket();
  private final BufferedReader in;
  private final List<String> head = new ArrayList<>();
  private int retryMs;
  private String lastId = "";

  /** Asks for the stream of a runner, such as {@code anna/events?trail=0}. */
  public static RawStream of(Running server, String call, String... headers) throws IOException {
    return new RawStream(server.port(), 0, "GET", "/api/runners/" + call, headers);
  }

  /**
   * @param receiveBytes how much the kernel may hold for the reader, or 0 for the usual
   */
  public RawStream(int port, int receiveBytes, String method, String path, String... headers)
      throws IOException {
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(20_000);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    var request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: x\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    socket.getOutputStream().write(request.append("\r\n").toString().getBytes(UTF_8));
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      head.add(line);
    }
  }

  /** The status line and the headers. */
  public List<String> head() {
    return head;
  }

  /** The next block of lines that is more than the time to come back in. */
  public Event block() throws IOException {
    Event event = read();
    if (event == null) {
      throw new IOException("the stream has ended");
    }
    return event;
  }

  private @Nullable Event read() throws IOException {
    var event = NOTHING;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (!line.isEmpty()) {
        event = with(line, event);
      } else if (!event.equals(NOTHING)) {
        lastId = event.id.isEmpty() ? lastId : event.id;
        return event;
      }
    }
    return null;
  }

  private Event with(String line, Event event) throws IOException {
    int colon = line.indexOf(':');
    String value = line.substring(colon + 1).strip();
    return switch (line.substring(0, colon)) {
      case "event" -> new Event(value, event.id, event.data, event.comment);
      case "id" -> new Event(event.name, value, event.data, event.comment);
      case "data" -> new Event(event.name, event.id, value, event.comment);
      case "" -> new Event(event.name, event.id, event.data, line);
      case "retry" -> {
        retryMs = Integer.parseInt(value);
        yield event;
      }
      default -> throw new IOException("a field that nobody knows: " + line);
    };
  }

  /** The newest id that came with a whole block, or the empty string. */
  public String lastId() {
    return lastId;
  }

  /** After how long the reader should come back, or 0 when that was not told yet. */
  public int retryMs() {
    return retryMs;
  }

  /** The next event that has data; what has none is passed over. */
  public Event next() throws IOException {
    while (true) {
      Event event = block();
      if (!event.data.isEmpty()) {
        return event;
      }
    }
  }

  /** Whatever else comes until the server ends the stream. */
  public List<Event> untilEnd() throws IOException {
    var events = new ArrayList<Event>();
    for (Event event = read(); event != null; event = read()) {
      events.add(event);
    }
    return events;
  }

  /** What is sent as it is. */
  public void say(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(UTF_8));
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
