package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import dev.trackside.support.Way;
import dev.trackside.track.Fix;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class FinishTest {
  private static final String HERE = "{\"lat\":52.5,\"lon\":13.4}";
  private static final long EIGHT_HOURS_MS = 8 * 3_600_000;

  @TempDir private Path data;
  private Running server;
  private Calls calls;
  private Owner anna;

  @BeforeEach
  void start() throws Exception {
    server = Running.in(data);
    calls = new Calls(server.http());
    anna = new Owner(calls, "anna", ",\"visibility\":\"public\"");
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private int stored() throws Exception {
    return calls.get("/api/runners/anna/track").json().path("positions").size();
  }

  @Test
  void whatComesAfterTheRunIsNeitherStoredNorShown() throws Exception {
    anna.publish(HERE);
    try (var mother = TestClient.of(server, "{\"id\":\"anna\",\"events\":true}")) {
      mother.next(3);
      JsonNode changed = anna.change("{\"finished\":true}").json();
      long finished = changed.path("finished").asLong();
      assertThat(finished).isPositive();
      JsonNode told = mother.next();
      assertThat(told.path("state").asString()).isEqualTo("finished");
      assertThat(told.path("finished").asLong()).isEqualTo(finished);
      Answer after = anna.publish("[" + HERE + "," + HERE + "]");
      assertThat(after.status()).isEqualTo(200);
      assertThat(after.json().path("accepted").asInt()).isZero();
      assertThat(after.json().path("refused").size()).isEqualTo(2);
      mother.say("{\"follow\":[\"someone\"]}");
      assertThat(mother.untilMarked("someone"))
          .noneMatch(one -> one.path("type").asString().equals("position"));
    }
    assertThat(stored()).isEqualTo(1);
    JsonNode runner = calls.get("/api/runners/anna").json();
    assertThat(runner.path("state").asString()).isEqualTo("finished");
    assertThat(calls.get("/api/runners").text()).doesNotContain("anna");
  }

  @Test
  void finishedIsFinishedAfterARestartToo() throws Exception {
    anna.change("{\"finished\":true}");
    String key = anna.key;
    stop();
    server = Running.in(data);
    calls = new Calls(server.http());
    Answer answer = calls.post("/api/runners/anna/positions", HERE, Owner.bearer(key));
    assertThat(answer.json().path("refused").size()).isEqualTo(1);
  }

  @Test
  void runnerMayBeginAnotherRun() throws Exception {
    anna.change("{\"finished\":true}");
    assertThat(anna.change("{\"finished\":false}").json().has("finished")).isFalse();
    assertThat(anna.publish(HERE).json().path("accepted").asInt()).isEqualTo(1);
  }

  @Test
  void phoneThatIsLeftOnForEightHoursWithoutMovingEndsTheRun() throws Exception {
    long begin = System.currentTimeMillis() - 2 * EIGHT_HOURS_MS;
    var fixes = new StringBuilder();
    fixes.append("{\"t\":%d,\"lat\":52.4,\"lon\":13.4}\n".formatted(begin - 600_000));
    for (long t = begin; t < begin + EIGHT_HOURS_MS; t += 600_000) {
      double wobble = (t / 600_000 % 3) * 0.0003;
      fixes.append("{\"t\":%d,\"lat\":%s,\"lon\":13.4}\n".formatted(t, 52.5 + wobble));
    }
    assertThat(anna.publish(fixes.toString()).json().path("accepted").asInt()).isEqualTo(49);
    String next = "{\"t\":%d,\"lat\":52.5,\"lon\":13.4}".formatted(begin + EIGHT_HOURS_MS);
    Answer refused = anna.publish(next);
    assertThat(refused.json().path("refused").size()).isEqualTo(1);
    assertThat(refused.text()).contains("you have not moved for 8 hours");
    org.awaitility.Awaitility.await()
        .until(
            () ->
                calls.get("/api/runners/anna").json().path("state").asString().equals("finished"));
    String far = "{\"lat\":52.6,\"lon\":13.4}";
    assertThat(anna.publish(far).json().path("refused").size()).isEqualTo(1);
  }

  @Test
  void runThatEndedForWantOfMovementHasEightHoursAgainWhenItIsBegunAgain() throws Exception {
    long begin = System.currentTimeMillis() - EIGHT_HOURS_MS - 3_600_000;
    anna.publish("{\"t\":%d,\"lat\":52.4,\"lon\":13.4}".formatted(begin - 600_000));
    for (long t = begin; t <= begin + EIGHT_HOURS_MS; t += 3_600_000) {
      anna.publish("{\"t\":%d,\"lat\":52.5,\"lon\":13.4}".formatted(t));
    }
    org.awaitility.Awaitility.await()
        .until(() -> calls.get("/api/runners/anna").json().has("finished"));
    anna.change("{\"finished\":false}");
    String again =
        "{\"t\":%d,\"lat\":52.5,\"lon\":13.4}".formatted(begin + EIGHT_HOURS_MS + 60_000);
    assertThat(anna.publish(again).json().path("accepted").asInt()).isEqualTo(1);
  }

  @Test
  void raceOnATrackGoesOnForADay() throws Exception {
    long begin = System.currentTimeMillis() - 3 * EIGHT_HOURS_MS;
    Way laps = Way.laps(400, 2.5).with(3, 10, 6);
    var fixes = new StringBuilder();
    for (int second = 0; second < 24 * 3_600; second += 10) {
      Fix fix = laps.at(begin, second);
      fixes.append(
          "{\"t\":%d,\"lat\":%s,\"lon\":%s,\"acc\":6}\n"
              .formatted(fix.tMs(), fix.latDeg(), fix.lonDeg()));
    }
    Answer answer = anna.publish(fixes.toString());
    assertThat(answer.json().path("accepted").asInt()).isEqualTo(8_640);
    assertThat(calls.get("/api/runners/anna").json().has("finished")).isFalse();
  }

  @Test
  void phoneThatWasSetUpTheEveningBeforeIsShownWhenItMoves() throws Exception {
    long begin = System.currentTimeMillis() - 2 * EIGHT_HOURS_MS;
    var night = new StringBuilder();
    for (long t = begin; t < begin + EIGHT_HOURS_MS + 3_600_000; t += 600_000) {
      night.append("{\"t\":%d,\"lat\":52.5,\"lon\":13.4}\n".formatted(t));
    }
    JsonNode tally = anna.publish(night.toString()).json();
    assertThat(tally.path("accepted").asInt()).isEqualTo(48);
    assertThat(tally.path("refused").size()).isEqualTo(6);
    long start = begin + EIGHT_HOURS_MS + 3_600_000;
    String race = "{\"t\":%d,\"lat\":52.6,\"lon\":13.4}".formatted(start);
    assertThat(anna.publish(race).json().path("accepted").asInt()).isEqualTo(1);
  }

  @Test
  void claimIsNeededToFinish() throws Exception {
    calls.post("/api/runners/ben/positions", HERE);
    Answer answer =
        calls.call(
            "PATCH",
            "/api/runners/ben",
            java.net.http.HttpRequest.BodyPublishers.ofString("{\"finished\":true}"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("unclaimed");
  }
}
