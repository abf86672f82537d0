package dev.trackside.load;

import dev.trackside.support.Report;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets many phones post once a second, each in the words of its app, and looks whether every fix of
 * each is stored once, as it was said.
 *
 * <pre>PhoneLoad [--phones=2000] [--seconds=60] [--dir=/tmp] [--report=FILE]</pre>
 *
 * Ends with 1 when an answer was not 2xx or something was not stored as it was said.
 */
final class PhoneLoad implements AutoCloseable {
  private static final int WARM_UP_SECONDS = 5;
  private static final JsonMapper MAPPER = new JsonMapper();

  /** What a round came to. */
  record Round(
      int posts,
      int unanswered,
      int refused,
      long said,
      int notAsSaid,
      long stored,
      String latencies,
      String cost) {
    boolean isFlawless() {
      return unanswered == 0 && refused == 0 && notAsSaid == 0 && stored == said;
    }
  }

  private record Claimed(String id, String key) {}

  private final Bench bench;
  private final HttpClient client = HttpClient.newHttpClient();

  PhoneLoad(Path directory) throws IOException {
    bench = new Bench(directory, "");
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int phones = Integer.parseInt(option(args, "phones", "2000"));
    int seconds = Integer.parseInt(option(args, "seconds", "60"));
    try (var load = new PhoneLoad(Path.of(option(args, "dir", "/tmp")))) {
      Round round = load.round(phones, WARM_UP_SECONDS, seconds);
      String result = words(phones, seconds, round);
      System.out.println(result);
      String page = option(args, "report", "");
      if (!page.isEmpty()) {
        Report.write(page, result);
      }
      System.exit(round.isFlawless() ? 0 : 1);
    }
  }

  private static String option(String[] args, String name, String usual) {
    return Arrays.stream(args)
        .filter(arg -> arg.startsWith("--" + name + "="))
        .map(arg -> arg.substring(name.length() + 3))
        .findFirst()
        .orElse(usual);
  }

  private static String words(int phones, int seconds, Round round) {
    return """
    %,d phones, %d s after %d s.

    | posts of | counted | p50 ms | p99 | p99.9 | slowest |
    |---|---|---|---|---|---|
    %s
    | posts, all of them | not answered | not 2xx | fixes said | not stored as said | stored in all |
    |---|---|---|---|---|---|
    | %,d | %d | %d | %,d | %d | %,d |

    | server CPU, µs a fix | cores, of all that were busy | RSS MiB, start / most / end | disk, bytes a fix |
    |---|---|---|---|
    | %s |
    """
        .formatted(
            phones,
            seconds,
            WARM_UP_SECONDS,
            round.latencies,
            round.posts,
            round.unanswered,
            round.refused,
            round.said,
            round.notAsSaid,
            round.stored,
            round.cost);
  }

  /** Claims runners, lets their phones post, and looks what became of it. Once only. */
  Round round(int phones, int warmUpSeconds, int seconds) throws IOException, InterruptedException {
    List<Claimed> runners = claim(phones);
    long startMs = System.currentTimeMillis() / 1_000 * 1_000;
    var scripts = new ArrayList<PhoneScript>();
    for (int i = 0; i < phones; i++) {
      scripts.add(PhoneScript.of(i, runners.get(i).key, startMs, warmUpSeconds + seconds));
    }
    long said = scripts.stream().mapToLong(script -> script.fixes().size()).sum();
    try (var fleet = new Fleet(bench.port(), scripts)) {
      Gauge gauge = Gauge.start(bench.server(), bench.data());
      fleet.post(warmUpSeconds, seconds);
      String cost = gauge.cells(said);
      int notAsSaid = 0;
      for (int i = 0; i < phones; i++) {
        notAsSaid += isStored(runners.get(i), scripts.get(i)) ? 0 : 1;
      }
      return new Round(
          fleet.posts(),
          fleet.unanswered(),
          fleet.refused(),
          said,
          notAsSaid,
          bench.endAndCountStored(),
          rows(fleet),
          cost);
    }
  }

  private static String rows(Fleet fleet) {
    var rows = new StringBuilder();
    for (Tongue tongue : Tongue.values()) {
      row(rows, tongue.what, fleet.latencies(tongue));
    }
    row(rows, "all", fleet.latencies());
    return rows.toString();
  }

  private static void row(StringBuilder rows, String what, Latencies latencies) {
    rows.append("| %s | %,d | %s |%n".formatted(what, latencies.count(), latencies.cells()));
  }

  private List<Claimed> claim(int count) throws IOException, InterruptedException {
    var runners = new ArrayList<Claimed>();
    for (int i = 0; i < count; i++) {
      JsonNode claimed = ask("/api/runners", BodyPublishers.ofString("{}"), "POST", "");
      runners.add(new Claimed(claimed.path("id").asString(), claimed.path("key").asString()));
    }
    return runners;
  }

  private boolean isStored(Claimed runner, PhoneScript script)
      throws IOException, InterruptedException {
    JsonNode track =
        ask(
                "/api/runners/" + runner.id + "/track?limit=100000",
                BodyPublishers.noBody(),
                "GET",
                runner.key)
            .path("positions");
    if (track.size() != script.fixes().size()) {
      return false;
    }
    for (int i = 0; i < track.size(); i++) {
      JsonNode stored = track.path(i);
      if (!script
          .fixes()
          .get(i)
          .isStoredAs(
              stored.path("t").asLong(),
              stored.path("lat").asDouble(),
              stored.path("lon").asDouble(),
              stored.path("speed").asDouble(Double.NaN))) {
        return false;
      }
    }
    return true;
  }

  private JsonNode ask(String path, HttpRequest.BodyPublisher body, String method, String key)
      throws IOException, InterruptedException {
    var address = URI.create("http://127.0.0.1:" + bench.port() + path);
    var request = HttpRequest.newBuilder(address).method(method, body);
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return MAPPER.readTree(answer.body());
  }

  @Override
  public void close() throws IOException {
    client.close();
    bench.close();
  }
}
