package dev.trackside.support;

import static java.util.Comparator.reverseOrder;

import dev.trackside.Server;
import dev.trackside.ServerRoutes;
import dev.trackside.options.Options;
import dev.trackside.options.Settings;
import dev.trackside.sse.StreamLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server on a free port, with a data directory of its own. */
public final class Running implements AutoCloseable {
  private final Server server;
  private @Nullable Path rubbish;

  private Running(Server server) {
    this.server = server;
  }

  /** Starts a server with these options besides the port and the directory. */
  public static Running with(String... options) throws IOException {
    return with(StreamLimits.USUAL, options);
  }

  /** Starts a server whose event streams cost no more than this. */
  public static Running with(StreamLimits streams, String... options) throws IOException {
    Path data = Files.createTempDirectory("trackside");
    Running running = in(data, streams, options);
    running.rubbish = data;
    return running;
  }

  /** Starts a server on a data directory that a later one may use again. */
  public static Running in(Path data, String... options) throws IOException {
    return in(data, StreamLimits.USUAL, options);
  }

  /** Starts a server where one was before. */
  public static Running again(Path data, int port) throws IOException {
    return in(data, StreamLimits.USUAL, "--port=" + port);
  }

  private static Running in(Path data, StreamLimits streams, String... chosen) throws IOException {
    var line = new ArrayList<>(List.of("--host=127.0.0.1", "--data=" + data));
    line.addAll(List.of(chosen));
    if (line.stream().noneMatch(option -> option.startsWith("--port="))) {
      line.add("--port=0");
    }
    var options = new Options();
    var words = new StringWriter();
    var writer = new PrintWriter(words);
    if (options.read(writer, writer, line.toArray(String[]::new)).isPresent()) {
      throw new IllegalArgumentException(words.toString());
    }
    return new Running(Server.start(with(options.settings(), streams)));
  }

  private static Settings with(Settings chosen, StreamLimits streams) {
    return new Settings(
        chosen.host(),
        chosen.port(),
        chosen.data(),
        chosen.open(),
        chosen.demo(),
        chosen.quiet(),
        chosen.url(),
        chosen.origins(),
        chosen.limits(),
        chosen.proxies(),
        chosen.edge(),
        chosen.connections(),
        streams,
        chosen.live(),
        chosen.memory(),
        chosen.pages());
  }

  public URI http() {
    return server.address();
  }

  public URI webSocket() {
    return URI.create("ws://127.0.0.1:" + port() + "/ws");
  }

  public int port() {
    return server.address().getPort();
  }

  /** What is answered over HTTP: {@code GET /health}, and so on. */
  public Set<String> routes() {
    return ServerRoutes.of(server);
  }

  /** How many connections are open, whatever they are for. */
  public long connections() {
    return gauge("connections");
  }

  /** A plain number about the server. */
  public long gauge(String name) {
    return server.gauges().read().getOrDefault(name, -1L);
  }

  /** The stored positions of a runner, ordered by moment, as anybody may read them. */
  public List<JsonNode> track(String runner) throws IOException, InterruptedException {
    int slash = runner.indexOf('/');
    String path =
        slash < 0
            ? "api/runners/" + runner
            : "api/races/" + runner.substring(0, slash) + "/runners/" + runner.substring(slash + 1);
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(http().resolve(path + "/track")).build();
      String body = client.send(request, BodyHandlers.ofString()).body();
      return new JsonMapper().readTree(body).path("positions").valueStream().toList();
    }
  }

  /** Erases a runner whom nobody has claimed. */
  public void erase(String runner) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(http().resolve("api/runners/" + runner)).DELETE().build();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 204) {
        throw new AssertionError(runner + " was not erased: " + status);
      }
    }
  }

  /** Whatever is left of those who were here: spectators, feeds, and their timers. */
  public String leftovers() {
    return "%d subscribers, %d channels, %d feeds, %d timers"
        .formatted(gauge("subscribers"), gauge("channels"), gauge("followed"), gauge("timers") - 3);
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
