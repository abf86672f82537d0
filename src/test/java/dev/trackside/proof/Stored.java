package dev.trackside.proof;

import static java.util.Objects.requireNonNull;

import dev.trackside.support.RawLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server says that it has, by number. Nobody publishes while it is read. */
final class Stored {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int PAGE = 10_000;

  private final SortedMap<Long, ReportedFix> all = new TreeMap<>();
  private final Map<ReportedFix, List<Long>> places = new HashMap<>();
  private final Map<String, Long> last = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  /** Reads runners over a WebSocket; each says one thing more, to see where the past ends. */
  static Stored overWebSocket(int port, Collection<Walk> walks, Book book) throws IOException {
    var stored = new Stored();
    for (Walk walk : walks) {
      stored.readOverWebSocket(port, walk, book);
    }
    return stored;
  }

  private void readOverWebSocket(int port, Walk walk, Book book) throws IOException {
    String first = "{\"id\":\"" + walk.runner() + "\",\"after\":0,\"batch\":true,\"pace\":0}";
    ReportedFix marker = walk.newest();
    book.says(marker);
    long newestMs = 0;
    try (var line = new RawLine(port, first)) {
      line.say(marker.json());
      while (!places.containsKey(marker)) {
        for (JsonNode message : line.next()) {
          long tMs = message.path("t").asLong();
          if (message.path("late").asBoolean() != tMs < newestMs) {
            faults.add("late should be " + (tMs < newestMs) + ": " + message);
          }
          newestMs = Math.max(newestMs, tMs);
          put(message, ReportedFix.of(message));
        }
      }
    }
  }

  /** Reads runners page by page over HTTP. */
  static Stored overHttp(int port, Collection<String> runners)
      throws IOException, InterruptedException {
    var stored = new Stored();
    try (var client = HttpClient.newHttpClient()) {
      for (String runner : runners) {
        long after = 0;
        int size = PAGE;
        while (size == PAGE) {
          String call = Bulk.path(runner) + "/track?after=" + after + "&limit=" + PAGE;
          var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + call));
          var answer = client.send(request.build(), BodyHandlers.ofString());
          if (answer.statusCode() != 200) {
            throw new IOException(call + ": " + answer.statusCode() + " " + answer.body());
          }
          JsonNode positions = MAPPER.readTree(answer.body()).get("positions");
          for (JsonNode position : positions) {
            after = position.get("seq").asLong();
            stored.put(position, ReportedFix.of(runner, position));
          }
          size = positions.size();
        }
      }
    }
    return stored;
  }

  private void put(JsonNode message, ReportedFix fix) {
    if (!message.path("type").asString("position").equals("position")) {
      faults.add("in a past: " + message);
      return;
    }
    long seq = message.get("seq").asLong();
    Long before = last.put(fix.runner(), seq);
    if (before != null && before >= seq) {
      faults.add("behind " + before + ": " + message);
    }
    all.put(seq, fix);
    places.computeIfAbsent(fix, _ -> new ArrayList<>(1)).add(seq);
  }

  /** What cannot be right about it. */
  List<String> faults() {
    return faults;
  }

  SortedMap<Long, ReportedFix> all() {
    return all;
  }

  List<Long> placesOf(ReportedFix fix) {
    return places.getOrDefault(fix, List.of());
  }

  /** The positions of each runner of a feed. */
  Map<String, SortedMap<Long, ReportedFix>> runnersOf(String feed) {
    var runners = new TreeMap<String, SortedMap<Long, ReportedFix>>();
    all.forEach(
        (seq, fix) -> {
          if (isOf(feed, fix.runner())) {
            runners.computeIfAbsent(fix.runner(), _ -> new TreeMap<>()).put(seq, fix);
          }
        });
    return runners;
  }

  static boolean isOf(String feed, String runner) {
    return feed.endsWith("/*")
        ? runner.startsWith(feed.substring(0, feed.length() - 1))
        : runner.equals(requireNonNull(feed));
  }
}
