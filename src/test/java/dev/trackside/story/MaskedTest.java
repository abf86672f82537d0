package dev.trackside.story;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A run north from home and back, with 200 m masked: within 200 m nothing is seen, from 400 m on
 * everything.
 */
final class MaskedTest {
  private static final double DEGREES_A_METRE = 1 / 111_195.0;
  private static final double HOME = 52.5;

  @TempDir private Path data;
  private Running server;
  private Calls calls;
  private Owner anna;
  private final long begin = System.currentTimeMillis() - 90 * 60_000;
  private long t = begin;
  private long stepMs = 60_000;

  @BeforeEach
  void start() throws Exception {
    server = Running.in(data);
    calls = new Calls(server.http());
    anna = new Owner(calls, "anna", ",\"visibility\":\"public\"");
    anna.change("{\"mask\":200}");
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private void run(double... metresNorth) throws Exception {
    var body = new StringBuilder();
    for (double metres : metresNorth) {
      t += stepMs;
      double lat = HOME + metres * DEGREES_A_METRE;
      body.append("{\"t\":%d,\"lat\":%s,\"lon\":13.4}\n".formatted(t, lat));
    }
    Answer answer = anna.publish(body.toString());
    assertThat(answer.json().path("refused").size()).as(answer.text()).isZero();
  }

  private void beginAnotherRun() throws Exception {
    anna.change("{\"finished\":false}");
    t = System.currentTimeMillis();
    stepMs = 10_000;
  }

  private static double metres(JsonNode position) {
    return Math.rint((position.path("lat").asDouble() - HOME) / DEGREES_A_METRE);
  }

  private double[] seen(String... headers) throws Exception {
    JsonNode positions = calls.get("/api/runners/anna/track", headers).json().path("positions");
    return StreamSupport.stream(positions.spliterator(), false)
        .mapToDouble(MaskedTest::metres)
        .toArray();
  }

  @Test
  void beginningIsSeenByNobodyWithoutTheKey() throws Exception {
    run(0, 100, 190, 420, 1000);
    assertThat(seen()).containsExactly(420, 1000);
    assertThat(seen(Owner.bearer(anna.key))).containsExactly(0, 100, 190, 420, 1000);
    String link = anna.link("{}").json().path("key").asString();
    assertThat(seen(Owner.bearer(link))).containsExactly(420, 1000);
    for (String form : List.of("/track.gpx", "/track.geojson", "")) {
      assertThat(calls.get("/api/runners/anna" + form).text())
          .doesNotContain("\"52.5\"", "13.4,52.5]", ":52.5,");
    }
  }

  /** The next positions, whatever else comes between them. */
  private static List<JsonNode> positions(TestClient client, int count) throws Exception {
    var positions = new ArrayList<JsonNode>();
    while (positions.size() < count) {
      JsonNode message = client.next();
      if (message.path("type").asString().equals("position")) {
        positions.add(message);
      }
    }
    return positions;
  }

  @Test
  void whoComesHomeIsNotSeenThereAtAnyMoment() throws Exception {
    try (var mother = TestClient.of(server, "{\"id\":\"anna\",\"events\":true}");
        var phone =
            TestClient.of(
                server, "{\"id\":\"anna\",\"events\":true,\"key\":\"" + anna.key + "\"}")) {
      for (TestClient follower : List.of(mother, phone)) {
        assertThat(follower.next().path("type").asString()).isEqualTo("welcome");
      }
      run(0, 500, 1000, 500, 150, 0);
      run(2000);
      assertThat(positions(mother, 4).stream().mapToDouble(MaskedTest::metres))
          .containsExactly(500.0, 1000.0, 500.0, 2000.0);
      assertThat(positions(phone, 7)).hasSize(7);
    }
    try (var late = TestClient.of(server, "{\"id\":\"anna\",\"trail\":3}");
        var all = TestClient.of(server, "{\"id\":\"anna\",\"after\":0}")) {
      assertThat(late.next(3).stream().mapToDouble(MaskedTest::metres))
          .containsExactly(1000.0, 500.0, 2000.0);
      assertThat(all.next(4).stream().mapToDouble(MaskedTest::metres))
          .containsExactly(500.0, 1000.0, 500.0, 2000.0);
    }
  }

  private JsonNode inRace(String... headers) throws Exception {
    Answer answer = calls.get("/api/races/berlin/runners", headers);
    return answer.json().path("runners");
  }

  @Test
  void runnerOfARaceStaysInItsListWhateverIsHidden() throws Exception {
    String admin = Files.readString(data.resolve("admin-key")).strip();
    anna = new Owner(calls, "berlin/7", ",\"visibility\":\"public\",\"name\":\"Anna\"", admin);
    var ben = new Owner(calls, "berlin/8", ",\"name\":\"Ben\"", admin);
    anna.change("{\"mask\":200}");
    ben.change("{\"mask\":200}");
    run(0, 100);
    ben.publish("{\"lat\":%s,\"lon\":13.4}".formatted(HOME));

    assertThat(inRace()).hasSize(1);
    assertThat(inRace().path(0).toString())
        .isEqualTo("{\"id\":\"berlin/7\",\"name\":\"Anna\",\"state\":\"unknown\"}");
    assertThat(inRace(Owner.bearer(admin)).findValues("position")).hasSize(2);

    run(1000, 100, 50);
    assertThat(inRace()).hasSize(1);
    assertThat(metres(inRace().path(0).path("position"))).isEqualTo(1000);
    assertThat(inRace(Owner.bearer(admin))).hasSize(2);
    try (var late = TestClient.of(server, "{\"id\":\"berlin/*\",\"trail\":1}")) {
      assertThat(metres(late.next())).isEqualTo(1000);
    }
  }

  @Test
  void endIsHiddenOnceTheRunIsOver() throws Exception {
    run(0, 1000, 2000, 2900, 3000);
    assertThat(seen()).containsExactly(1000, 2000, 2900, 3000);
    Answer before = calls.get("/api/runners/anna/track");
    anna.change("{\"finished\":true}");
    assertThat(seen()).containsExactly(1000, 2000);
    assertThat(
            calls.get("/api/runners/anna/track", "If-None-Match", before.header("etag")).status())
        .isEqualTo(200);
    assertThat(metres(calls.get("/api/runners/anna").json().path("position"))).isEqualTo(2000);
  }

  @Test
  void nothingIsUncoveredByARestart() throws Exception {
    run(0, 1000, 2000, 2900, 3000);
    anna.change("{\"finished\":true}");
    beginAnotherRun();
    run(5000, 5100, 6000);
    double[] before = seen();
    assertThat(before).containsExactly(1000, 2000, 6000);
    String key = anna.key;
    stop();
    server = Running.in(data);
    calls = new Calls(server.http());
    assertThat(seen()).containsExactly(before);
    assertThat(seen(Owner.bearer(key))).hasSize(8);
  }

  @Test
  void everyRunHasItsBeginningAndItsEnd() throws Exception {
    t = begin - 24 * 3_600_000;
    run(0, 1000, 2000);
    t = begin;
    run(9000, 9500, 11000);
    assertThat(seen()).containsExactly(1000, 9500, 11000);
  }

  @Test
  void maskThatIsSetLaterHidesWhatWasThereBefore() throws Exception {
    anna.change("{\"mask\":0}");
    t = begin - 24 * 3_600_000;
    run(0, 1000, 2000);
    t = begin;
    run(9000, 9500, 11000);
    assertThat(seen()).hasSize(6);
    anna.change("{\"mask\":200}");
    assertThat(seen()).containsExactly(1000, 9500, 11000);
  }

  @Test
  void runThatArrivesAfterALaterOneIsMaskedToo() throws Exception {
    run(0, 1000, 2000);
    t = begin - 24 * 3_600_000;
    run(30_000, 31_000, 32_000, 33_000);
    assertThat(seen()).containsExactly(31_000, 32_000, 1000, 2000);
  }

  @Test
  void beginningThatArrivesLateIsTheBeginning() throws Exception {
    t = begin + 600_000;
    run(2000, 2500);
    t = begin;
    run(0, 100, 1000);
    assertThat(seen()).containsExactly(1000, 2000, 2500);
  }

  @Test
  void whereTrailsBreakOffDoesNotTellTheCentre() throws Exception {
    run(DoubleStream.iterate(0, m -> m <= 1000, m -> m + 10).toArray());
    double[] north = seen();
    assertThat(north[0]).isBetween(200.0, 400.0);
  }

  @Test
  void lateFixUncoversNothingOfTheRunsBefore() throws Exception {
    run(0, 1000, 2000);
    anna.change("{\"finished\":true}");
    beginAnotherRun();
    run(9000, 9500, 11000);
    assertThat(seen()).containsExactly(1000, 9500, 11000);
    t = begin - 24 * 3_600_000;
    run(30_000, 31_000, 32_000);
    assertThat(seen()).containsExactly(31_000, 1000, 9500, 11000);
  }

  @Test
  void whatIsHiddenForHoursHidesNothingElse() throws Exception {
    run(0, 1000, 2000);
    for (int i = 0; i < 2; i++) {
      String home =
          IntStream.range(0, 5_500)
              .mapToObj(n -> "{\"lat\":52.5,\"lon\":13.4,\"n\":" + n + "}\n")
              .collect(joining());
      assertThat(anna.publish(home).json().path("accepted").asInt()).isEqualTo(5_500);
    }
    assertThat(metres(calls.get("/api/runners/anna").json().path("position"))).isEqualTo(2000);
    assertThat(seen()).containsExactly(1000, 2000);
    JsonNode first = calls.get("/api/runners/anna/track?limit=1").json().path("positions");
    assertThat(first.size()).isEqualTo(1);
    try (var mother = TestClient.of(server, "{\"id\":\"anna\",\"trail\":2}")) {
      assertThat(mother.next(2).stream().mapToDouble(MaskedTest::metres))
          .containsExactly(1000.0, 2000.0);
    }
  }

  @Test
  void whetherSomebodyHasSetOutIsNotToldBeforeTheyAreSeen() throws Exception {
    run(0, 100);
    assertThat(calls.get("/api/runners/anna").json().path("state").asString()).isEqualTo("unknown");
    assertThat(
            calls.get("/api/runners/anna", Owner.bearer(anna.key)).json().path("state").asString())
        .isEqualTo("live");
  }

  /** Everything that a stranger is told of the runner, but for the time. */
  private List<String> told() throws Exception {
    var told = new ArrayList<String>();
    for (String path : List.of("", "/trail", "/track", "/track.gpx", "/track.geojson")) {
      Answer answer = calls.get(anna.path + path);
      String text = answer.text().replaceAll("\"now\":\\d+", "");
      told.add("%s %d %s %s".formatted(path, answer.status(), answer.header("etag"), text));
    }
    return told;
  }

  private int statusAfter(long seq) throws Exception {
    return calls.get(anna.path + "/track?after=" + seq).status();
  }

  @Test
  void nothingTellsThatSomebodyHasSetOutBeforeTheyAreSeen() throws Exception {
    List<String> before = told();
    run(0, 100);
    assertThat(told()).isEqualTo(before);
    run(1000, 2000);
    assertThat(told()).isNotEqualTo(before);
    anna.change("{\"finished\":true}");
    beginAnotherRun();
    before = told();
    run(9000, 9100);
    assertThat(told()).isEqualTo(before);
    JsonNode stored =
        calls.get(anna.path + "/track", Owner.bearer(anna.key)).json().path("positions");
    assertThat(statusAfter(stored.path(2).path("seq").asLong())).as("shown").isEqualTo(200);
    for (int hidden : new int[] {3, 4, 5}) {
      assertThat(statusAfter(stored.path(hidden).path("seq").asLong())).isEqualTo(410);
    }
    assertThat(statusAfter(1L << 52)).isEqualTo(410);
  }
}
