package dev.trackside.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.loadtest.result.Counts;
import dev.trackside.loadtest.result.Latency;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
final class RaceIT {
  private static Launched server;

  @BeforeAll
  static void start(@TempDir Path data) throws IOException {
    server = new Launched(data);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private static String url() {
    return "ws://127.0.0.1:" + server.port();
  }

  private static Played passes(String... options) throws IOException {
    Played race = Played.race(url(), options);
    assertThat(race.exit()).as(race.said()).isZero();
    Counts counts = race.counts();
    assertThat(counts.acknowledged()).isEqualTo(counts.sent()).isPositive();
    assertThat(counts.expected()).isEqualTo(counts.delivered() + counts.skipped()).isPositive();
    assertThat(Latency.decode(race.outcome().latency()).getTotalCount())
        .isLessThanOrEqualTo(counts.delivered());
    return race;
  }

  @Test
  void everySpectatorOfARunnerGetsEveryPosition() throws Exception {
    Played race =
        passes(
            "--runners=5", "--spectators=20", "--minutes=0.1", "--rate=5", "--pace=0", "--ramp=0s");
    assertThat(race.counts().connections()).isEqualTo(25);
    assertThat(race.counts().sent()).isEqualTo(5 * 6 * 5);
    assertThat(Latency.decode(race.outcome().latency()).getTotalCount()).isPositive();
    assertThat(race.outcome().seconds()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(race.outcome().seconds().getLast().open()).isEqualTo(25);
    assertThat(race.outcome().server()).isNotNull();
  }

  @Test
  void aRaceFeedSaysWhatItLeavesOut() throws Exception {
    Played race =
        passes(
            "--runners=5",
            "--spectators=20",
            "--minutes=0.1",
            "--rate=20",
            "--follow=several:3:50%,everyone:50%",
            "--client=jetty",
            "--events",
            "--batch",
            "--compression");
    assertThat(race.counts().skipped()).isPositive();
  }

  @Test
  void compactFramesBringTheSame() throws Exception {
    Played race =
        passes(
            "--runners=5",
            "--spectators=10",
            "--minutes=0.05",
            "--rate=20",
            "--follow=one:50%,everyone:50%",
            "--codec=compact",
            "--unmarked");
    assertThat(race.counts().skipped()).isPositive();
  }

  @Test
  void whoLeavesAndComesBackMissesNothing() throws Exception {
    Played race =
        passes(
            "--runners=5",
            "--spectators=20",
            "--minutes=0.08",
            "--rate=5",
            "--follow=one:40%,several:2:30%,everyone:30%",
            "--churn=20%/s",
            "--client=jetty");
    assertThat(race.counts().reconnects()).isPositive();
    assertThat(race.counts().broken()).isZero();
  }

  @Test
  void phonesThatWereInATunnelSendAllOfIt() throws Exception {
    Played race =
        passes(
            "--runners=6",
            "--spectators=12",
            "--minutes=0.1",
            "--rate=4",
            "--lossy=100%",
            "--ramp=0s");
    assertThat(race.counts().sent()).isEqualTo(6 * 6 * 4);
    assertThat(race.counts().reconnects()).isPositive();
  }

  @Test
  void phoneAppsRunARaceWhoseIdsWereClaimed() throws Exception {
    Played race =
        passes(
            "--runners=12",
            "--spectators=12",
            "--minutes=0.1",
            "--ramp=0s",
            "--follow=everyone",
            "--phones=owntracks,overland,osmand,traccar,gpslogger,websocket",
            "--race=phones",
            "--lossy=50%",
            "--admin-key=" + Launched.ADMIN_KEY);
    assertThat(race.counts().sent()).isEqualTo(12 * 6);
    assertThat(race.counts().connections()).isEqualTo(12 + 2);
    assertThat(race.outcome().notes()).noneMatch(note -> note.contains("phone"));
    assertThat(statusOf("/api/races/phones/runners/1")).isEqualTo(404);
  }

  private static int statusOf(String path) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var call = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
      return http.send(call.build(), BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void whoDoesNotReadDelaysAndCostsNobodyElseAnything() throws Exception {
    Played race =
        passes(
            "--runners=5",
            "--spectators=20",
            "--minutes=0.08",
            "--rate=10",
            "--follow=one:50%,everyone:50%",
            "--stalled=20%",
            "--half-open=10%");
    assertThat(race.counts().broken()).isZero();
  }

  @Test
  void aMissedThresholdEndsWithOneAndSaysWhich() throws Exception {
    Played race =
        Played.race(url(), "--runners=1", "--spectators=1", "--minutes=0.1", "--max=0.001ms");
    assertThat(race.exit()).isEqualTo(1);
    assertThat(race.outcome().failures()).singleElement().asString().startsWith("all were deliv");
    assertThat(race.said()).contains("FAILED       all were delivered within");
  }
}
