package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.LiveView;
import dev.trackside.support.Owner;
import dev.trackside.support.RawStream;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a mask of 200 m hides of fixes that come late, and what those are told who follow. */
final class MaskedLateTest {
  private static final double DEGREES_A_METRE = 1 / 111_195.0;
  private static final double HOME = 52.5;
  private static final String ADMIN = "the key of the admin";
  private static final int MOST_MESSAGES = 100_000;
  private static final long MINUTE_MS = 60_000;

  @TempDir private Path data;
  private Running server;
  private Calls calls;
  private Owner anna;
  private final long nowMs = System.currentTimeMillis();

  @BeforeEach
  void start() throws Exception {
    open();
    anna = new Owner(calls, "anna", ",\"visibility\":\"public\"");
    anna.change("{\"mask\":200}");
  }

  private void open() throws IOException {
    server = Running.in(data, "--admin-key=" + ADMIN);
    calls = new Calls(server.http());
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private static String fix(long tMs, double metresNorth) {
    return "{\"t\":%d,\"lat\":%s,\"lon\":13.4}"
        .formatted(tMs, HOME + metresNorth * DEGREES_A_METRE);
  }

  private void post(String... fixes) throws Exception {
    Answer answer = calls.post(anna.path + "/positions", String.join("\n", fixes), key());
    assertThat(answer.json().path("refused").size()).as(answer.text()).isZero();
  }

  private String[] key() {
    return Owner.bearer(anna.key);
  }

  /** A run north, a fix a minute, each 1 km farther. */
  private static String[] run(long beginMs, double... metresNorth) {
    return LongStream.range(0, metresNorth.length)
        .mapToObj(i -> fix(beginMs + i * MINUTE_MS, metresNorth[(int) i]))
        .toArray(String[]::new);
  }

  private static double metres(JsonNode position) {
    return Math.rint((position.path("lat").asDouble() - HOME) / DEGREES_A_METRE);
  }

  private static double[] metres(List<JsonNode> positions) {
    return positions.stream().mapToDouble(MaskedLateTest::metres).sorted().toArray();
  }

  private double[] track(String... headers) throws Exception {
    JsonNode track = calls.get("/api/runners/anna/track?limit=10000", headers).json();
    return metres(track.path("positions").valueStream().toList());
  }

  /** Reads on until a follower has what the track has. */
  private void untilItIsTheTrack(LiveView view, Reading reading) throws Exception {
    double[] track = track();
    for (int i = 0; i < MOST_MESSAGES && !Arrays.equals(metres(view.positions()), track); i++) {
      view.hear(reading.next());
    }
    assertThat(metres(view.positions())).containsExactly(track);
  }

  private interface Reading {
    JsonNode next() throws Exception;
  }

  @Test
  void backlogOfAnEarlierRunIsHiddenEvenIfTheServerStopsAtOnce() throws Exception {
    post(run(nowMs - 90 * MINUTE_MS, 0, 1000, 2000));
    anna.change("{\"finished\":true}");
    anna.change("{\"finished\":false}");
    post(run(nowMs - 30 * 60 * MINUTE_MS, 30_000, 30_100, 31_000, 32_000, 32_900, 33_000));
    stop();
    open();
    assertThat(track()).containsExactly(1000, 31_000, 32_000);
    assertThat(track(key())).hasSize(9);
  }

  @Test
  void backlogOfAnEarlierRunIsShownButForItsEndsAtOnce() throws Exception {
    post(run(nowMs - 90 * MINUTE_MS, 0, 1000, 2000));
    post(run(nowMs - 30 * 60 * MINUTE_MS, 30_000, 30_100, 31_000, 32_000, 32_900, 33_000));
    assertThat(track()).containsExactly(1000, 2000, 31_000, 32_000);
  }

  @Test
  void runThatIsOverEndsWhateverComesAfterTheNextHasBegun() throws Exception {
    post(run(nowMs - 90 * MINUTE_MS, 0, 1000, 2000));
    anna.change("{\"finished\":true}");
    anna.change("{\"finished\":false}");
    post(run(nowMs - 60 * MINUTE_MS, 3000, 4000, 5000));
    assertThat(track()).containsExactly(1000, 4000);
    stop();
    open();
    assertThat(track()).containsExactly(1000, 4000);
  }

  @Test
  void hoursWithoutCoverageThatComeNewestFirstHideNothingOnTheWay() throws Exception {
    double[] way = DoubleStream.iterate(0, m -> m + 1000).limit(180).toArray();
    String[] fixes = run(nowMs - 182 * MINUTE_MS, way);
    post(Arrays.copyOf(fixes, 20));
    post(Arrays.copyOfRange(fixes, 170, 180));
    for (int i = 169; i >= 20; i--) {
      post(fixes[i]);
    }
    assertThat(track()).containsExactly(Arrays.copyOfRange(way, 1, 180));
    stop();
    open();
    assertThat(track()).containsExactly(Arrays.copyOfRange(way, 1, 180));
  }

  @Test
  void whoFollowsGetsWhatIsHiddenNoMoreByEveryProtocol() throws Exception {
    double[] way = DoubleStream.iterate(0, m -> m + 1000).limit(180).toArray();
    String[] fixes = run(nowMs - 182 * MINUTE_MS, way);
    try (var json = TestClient.of(server, "{\"id\":\"anna\",\"after\":0}");
        var compact = TestClient.of(server, "{\"id\":\"anna\",\"after\":0,\"codec\":\"compact\"}");
        var trail = TestClient.of(server, "{\"id\":\"anna\",\"trail\":1000}");
        var early = TestClient.of(server, "{\"id\":\"anna\",\"events\":true}");
        var events = RawStream.of(server, "anna/events?after=0")) {
      assertThat(early.next().path("type").asString()).isEqualTo("welcome");
      post(Arrays.copyOf(fixes, 20));
      post(Arrays.copyOfRange(fixes, 170, 180));
      for (int i = 169; i >= 20; i--) {
        post(fixes[i]);
      }
      assertThat(track()).hasSize(179);
      untilItIsTheTrack(new LiveView(), json::next);
      untilItIsTheTrack(new LiveView(), compact::next);
      untilItIsTheTrack(new LiveView(), trail::next);
      untilItIsTheTrack(new LiveView(), early::next);
      untilItIsTheTrack(new LiveView(), () -> new JsonMapper().readTree(events.next().data()));
    }
  }

  @Test
  void backlogOfAnEarlierRunReachesThoseWhoFollow() throws Exception {
    post(run(nowMs - 90 * MINUTE_MS, 0, 1000, 2000));
    try (var json = TestClient.of(server, "{\"id\":\"anna\",\"after\":0}")) {
      var view = new LiveView();
      untilItIsTheTrack(view, json::next);
      for (String fix : run(nowMs - 30 * 60 * MINUTE_MS, 30_000, 31_000, 32_000, 33_000)) {
        post(fix);
      }
      assertThat(track()).containsExactly(1000, 2000, 31_000, 32_000);
      untilItIsTheTrack(view, json::next);
    }
  }

  @Test
  void changedMaskIsToldAtOnceByEveryProtocol() throws Exception {
    post(run(nowMs - 90 * MINUTE_MS, 0, 1000, 2000, 3000, 8000));
    var first = new LiveView();
    var second = new LiveView();
    var third = new LiveView();
    try (var json = TestClient.of(server, "{\"id\":\"anna\",\"after\":0}");
        var compact = TestClient.of(server, "{\"id\":\"anna\",\"after\":0,\"codec\":\"compact\"}");
        var events = RawStream.of(server, "anna/events?after=0")) {
      for (int maskM : new int[] {0, 1_000, 5_000, 200, 0, 200}) {
        anna.change("{\"mask\":" + maskM + "}");
        untilItIsTheTrack(first, json::next);
        untilItIsTheTrack(second, compact::next);
        untilItIsTheTrack(third, () -> new JsonMapper().readTree(events.next().data()));
      }
    }
  }

  @Test
  void endOfARunIsTakenBackFromThoseWhoFollow() throws Exception {
    try (var json = TestClient.of(server, "{\"id\":\"anna\",\"after\":0}")) {
      post(run(nowMs - 90 * MINUTE_MS, 0, 1000, 2000, 2900, 3000));
      var view = new LiveView();
      untilItIsTheTrack(view, json::next);
      anna.change("{\"finished\":true}");
      assertThat(track()).containsExactly(1000, 2000);
      untilItIsTheTrack(view, json::next);
    }
  }

  @Test
  void raceIsToldOfTheRunnerAlone() throws Exception {
    var bib = new Owner(calls, "berlin/7", ",\"visibility\":\"public\"", ADMIN);
    bib.publish(String.join("\n", run(nowMs - 90 * MINUTE_MS, 0, 1000, 2000)));
    try (var json = TestClient.of(server, "{\"id\":\"berlin/*\"}")) {
      assertThat(metres(json.next())).isEqualTo(2000);
      bib.change("{\"mask\":2500}");
      JsonNode reset = json.next();
      assertThat(reset.path("type").asString()).isEqualTo("reset");
      assertThat(reset.path("id").asString()).isEqualTo("berlin/7");
      bib.change("{\"mask\":200}");
      JsonNode next = json.next();
      if (next.path("type").asString().equals("position")) { // told before the second change
        assertThat(metres(next)).isEqualTo(2000);
        next = json.next();
      }
      assertThat(next.path("type").asString()).isEqualTo("reset");
      assertThat(metres(json.next())).isEqualTo(2000);
    }
  }

  @Test
  void whoIsErasedWhileTheirTrackIsReadLeavesNothing() throws Exception {
    anna.change("{\"mask\":0}");
    String[] fixes = new String[10_000];
    for (int part = 0; part < 3; part++) {
      for (int i = 0; i < fixes.length; i++) {
        fixes[i] = fix(nowMs - 86_400_000 + (part * 10_000L + i) * 1_000, i);
      }
      post(fixes);
    }
    anna.change("{\"mask\":200}");
    anna.call("DELETE", "");
    anna = new Owner(calls, "anna", ",\"visibility\":\"public\"");
    anna.change("{\"mask\":200}");
    post(run(nowMs - 90 * MINUTE_MS, 5_000, 100, 2000));
    await().until(() -> track().length == 2);
    assertThat(track()).as("what was hidden before is not").containsExactly(100, 2000);
  }
}
