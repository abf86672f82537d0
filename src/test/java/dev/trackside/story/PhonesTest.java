package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Owner;
import dev.trackside.support.PhoneRequest;
import dev.trackside.support.PhoneRequest.Answered;
import dev.trackside.support.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole requests as phone apps send them, over a socket, against what is stored of them. */
final class PhonesTest {
  private static final Path REQUESTS = Path.of("src/test/resources/phones");
  private static final List<String> OURS = List.of("type", "id", "seq", "late");
  private static final JsonMapper MAPPER = new JsonMapper();

  private static Running server;
  private static Calls calls;

  @BeforeAll
  static void start() throws IOException {
    server = Running.with();
    calls = new Calls(server.http());
  }

  @AfterAll
  static void stop() throws IOException {
    calls.close();
    server.close();
  }

  static List<Path> requests() throws IOException {
    try (Stream<Path> files = Files.walk(REQUESTS)) {
      return files
          .filter(file -> file.toString().endsWith(".http"))
          .map(REQUESTS::relativize)
          .sorted()
          .toList();
    }
  }

  private static JsonNode expected(Path request) throws IOException {
    String name = request.toString().replace(".http", ".json");
    return MAPPER.readTree(Files.readString(REQUESTS.resolve(name)));
  }

  @Test
  void thereAreEnoughOfEachDialect() throws IOException {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Path request : requests()) {
      counts.merge(String.valueOf(request.getParent()), 1, Integer::sum);
    }
    assertThat(counts)
        .containsOnlyKeys("gpslogger", "osmand", "overland", "owntracks", "traccar", "traccar-json")
        .allSatisfy((_, count) -> assertThat(count).isGreaterThanOrEqualTo(8));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void requestIsUnderstoodAndAnsweredInItsDialect(Path file) throws Exception {
    var owner = new Owner(calls, "r-" + file.hashCode(), "");
    JsonNode expected = expected(file);
    var request = new PhoneRequest(Files.readString(REQUESTS.resolve(file)), owner.key);
    Answered answered = request.sendTo(server.port());
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(answered.body()).isEqualTo(expected.path("answer").asString());
    assertThat(positionsOf(owner, expected)).isEqualTo(positionsOf(expected));
    assertThat(junkOf(owner, file)).isEqualTo(expected.path("junk").toString());
    assertThat(owner.call("GET", "").json().has("sos"))
        .isEqualTo(expected.path("sos").asBoolean(false));
    if (expected.findValues("t").size() == expected.path("positions").size()) {
      assertThat(request.sendTo(server.port()).status()).isEqualTo(200);
      assertThat(positionsOf(owner, expected))
          .as("once more, for the answer got lost")
          .isEqualTo(positionsOf(expected));
    }
  }

  private static List<Map<String, Object>> positionsOf(JsonNode expected) {
    var all = new ArrayList<Map<String, Object>>();
    expected.path("positions").forEach(position -> all.add(members(position)));
    return all;
  }

  /** What is stored, as far as the expected positions say anything about it. */
  private static List<Map<String, Object>> positionsOf(Owner owner, JsonNode expected)
      throws Exception {
    boolean timed = !expected.findValues("t").isEmpty();
    var all = new ArrayList<Map<String, Object>>();
    for (JsonNode position : owner.call("GET", "/track").json().path("positions")) {
      Map<String, Object> members = members(position);
      if (!timed) {
        members.remove("t");
      }
      all.add(members);
    }
    return all;
  }

  private static Map<String, Object> members(JsonNode position) {
    var members = new TreeMap<String, Object>();
    position
        .properties()
        .forEach(member -> members.put(member.getKey(), member.getValue().asDouble(0)));
    OURS.forEach(members::remove);
    return members;
  }

  private static String junkOf(Owner owner, Path file) throws Exception {
    JsonNode quarantine = owner.call("GET", "/quarantine").json();
    var counts = MAPPER.createObjectNode();
    for (JsonNode count : quarantine.path("counts")) {
      counts.put(count.path("reason").asString(), count.path("count").asInt());
    }
    for (JsonNode entry : quarantine.path("newest")) {
      assertThat(entry.path("message").asString()).as(file.toString()).isNotEmpty();
      assertThat(entry.path("request").asString()).doesNotContain(owner.key);
    }
    return counts.isEmpty() ? "" : counts.toString();
  }
}
