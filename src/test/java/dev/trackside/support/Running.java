package dev.trackside.support;

import static java.util.Comparator.reverseOrder;

import dev.trackside.Server;
import dev.trackside.Settings;
import dev.trackside.sse.EventStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real server on a free port, with a data directory of its own. */
public final class Running implements AutoCloseable {
  private final Server server;
  private @Nullable Path rubbish;

  private Running(Server server) {
    this.server = server;
  }

  /** Starts a server with these options besides the port and the directory. */
  public static Running with(String... options) throws IOException {
    return with(EventStream.Limits.USUAL, options);
  }

  /** Starts a server whose event streams cost no more than this. */
  public static Running with(EventStream.Limits streams, String... options) throws IOException {
    Path data = Files.createTempDirectory("trackside");
    Running running = in(data, streams, options);
    running.rubbish = data;
    return running;
  }

  /** Starts a server on a data directory that a later one may use again. */
  public static Running in(Path data, String... options) throws IOException {
    return in(data, EventStream.Limits.USUAL, options);
  }

  /** Starts a server where one was before. */
  public static Running again(Path data, int port) throws IOException {
    return in(data, EventStream.Limits.USUAL, "--port=" + port);
  }

  private static Running in(Path data, EventStream.Limits streams, String... options)
      throws IOException {
    var line = new ArrayList<>(List.of("--host=127.0.0.1", "--data=" + data));
    line.addAll(List.of(options));
    if (line.stream().noneMatch(option -> option.startsWith("--port="))) {
      line.add("--port=0");
    }
    var settings = new Settings();
    var words = new PrintWriter(new StringWriter());
    if (settings.read(words, words, line.toArray(String[]::new)).isPresent()) {
      throw new IllegalArgumentException("options " + line);
    }
    return new Running(new Server(settings, streams));
  }

  public URI http() {
    return server.address();
  }

  public URI webSocket() {
    return URI.create("ws://127.0.0.1:" + port() + "/ws");
  }

  public int port() {
    return server.port();
  }

  /** What is answered over HTTP: {@code GET /health}, and so on. */
  public Set<String> routes() {
    return server.routes().collect(Collectors.toSet());
  }

  /** How many connections are open, whatever they are for. */
  public int connections() {
    return server.connections();
  }

  public Server server() {
    return server;
  }

  /** Whatever is left of those who were here: spectators, feeds, and their timers. */
  public String leftovers() {
    return "%d spectators, %d audiences, %d feeds, %d timers"
        .formatted(
            server.hub().present(),
            server.hub().audiences(),
            server.log().followed(),
            server.timers().getQueue().size() - 3);
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (rubbish != null) {
      try (Stream<Path> all = Files.walk(rubbish)) {
        all.sorted(reverseOrder()).forEach(one -> one.toFile().delete());
      }
    }
  }
}
