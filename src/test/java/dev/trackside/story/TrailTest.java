package dev.trackside.story;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import dev.trackside.support.Singapore;
import dev.trackside.support.Singapore.Moment;
import dev.trackside.support.TestClient;
import dev.trackside.support.Trace;
import dev.trackside.support.Trace.NumberedPlace;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code GET …/trail}, held against what {@code /track} tells of the same runner. */
final class TrailTest {
  private static final double DEGREES_A_METRE = 1 / 111_195.0;
  private static final String TRAIL = "/api/runners/anna/trail";
  private static final long HOUR_MS = 3_600_000;

  @TempDir private Path data;
  private Running server;
  private Calls calls;
  private Owner anna;
  private final long now = System.currentTimeMillis();

  @BeforeEach
  void start() throws Exception {
    server = Running.in(data);
    calls = new Calls(server.http());
    anna = new Owner(calls, "anna", ",\"name\":\"Anna\",\"visibility\":\"public\"");
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private void publish(List<Moment> moments) throws Exception {
    for (int i = 0; i < moments.size(); i += 5_000) {
      Answer answer =
          anna.publish(
              moments.subList(i, Math.min(moments.size(), i + 5_000)).stream()
                  .map(Moment::json)
                  .collect(joining()));
      assertThat(answer.json().path("refused").size()).as(answer.text()).isZero();
    }
  }

  /** A zigzag north: each a second later than the one before and 3 m farther. */
  private static List<Moment> zigzag(long startMs, int size) {
    return IntStream.range(0, size)
        .mapToObj(
            i ->
                new Moment(
                    startMs + 1_000L * i, 52 + 3 * i * DEGREES_A_METRE, 13 + i % 2 * 1e-4, 30))
        .toList();
  }

  private List<NumberedPlace> stored(String... headers) throws Exception {
    JsonNode track = calls.get("/api/runners/anna/track?limit=100000", headers).json();
    return track
        .path("positions")
        .valueStream()
        .map(NumberedPlace::of)
        .sorted(comparingLong(NumberedPlace::t).thenComparingLong(NumberedPlace::seq))
        .toList();
  }

  private Trace trail(String... headers) throws Exception {
    Answer answer = calls.get(TRAIL, headers);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return Trace.of(answer.json());
  }

  @Test
  void marathonIsSmallAndEveryStoredPositionIsNearIt() throws Exception {
    publish(Singapore.from(now - 3 * HOUR_MS));
    Answer answer = calls.get(TRAIL);
    Trace trail = Trace.of(answer.json());
    System.out.printf(
        "40 km, 10,800 positions: %,d bytes, %,d with gzip, %d points of the past%n",
        answer.bytes().length,
        calls.get(TRAIL, "Accept-Encoding", "gzip").bytes().length,
        trail.past().size());
    assertThat(answer.bytes()).hasSizeLessThan(50_000);
    assertThat(trail.past()).hasSizeBetween(700, 750);
    assertThat(trail.flaws(stored(), 3)).isEmpty();
  }

  @Test
  void hourIsDrawnToAMetreAndAHalf() throws Exception {
    publish(Singapore.from(now - 3 * HOUR_MS).subList(0, 3_600));
    assertThat(trail().past()).hasSizeBetween(300, 750);
    assertThat(trail().flaws(stored())).isEmpty();
  }

  @Test
  void whatIsShortIsWholeAndExact() throws Exception {
    publish(zigzag(now - HOUR_MS, 250));
    assertThat(trail().past()).isEmpty();
    assertThat(trail().newest()).isEqualTo(stored()).hasSize(250);
    publish(zigzag(now - HOUR_MS, 252));
    assertThat(trail().past()).hasSize(2);
    assertThat(trail().flaws(stored())).isEmpty();
  }

  @Test
  void whatFitsNoOtherWayIsDrawnMoreRoughly() throws Exception {
    publish(zigzag(now - 2 * HOUR_MS, 3_000));
    Trace trail = trail();
    assertThat(trail.past()).hasSizeBetween(1, 750);
    assertThat(trail.newest()).hasSize(250);
    assertThat(trail.all().getFirst()).isEqualTo(stored().getFirst());
  }

  @Test
  void trailGoesOnWithWhatArrives() throws Exception {
    List<Moment> run = zigzag(now - HOUR_MS, 1_000);
    for (int i = 0; i < run.size(); i += 100) {
      publish(run.subList(i, i + 100));
      assertThat(trail().flaws(stored())).as("after %d", i).isEmpty();
    }
  }

  @Test
  void whoFollowsBehindItMissesNothingAndGetsNothingTwice() throws Exception {
    List<Moment> run = zigzag(now - HOUR_MS, 700);
    publish(run.subList(0, 600));
    long seq = trail().seq();
    publish(run.subList(600, 700));
    try (var client = TestClient.of(server, "{\"id\":\"anna\",\"after\":" + seq + "}")) {
      assertThat(client.next(100))
          .extracting(one -> one.path("t").asLong())
          .isEqualTo(run.subList(600, 700).stream().map(Moment::tMs).toList());
    }
  }

  @Test
  void whatArrivesLateStandsInItsPlace() throws Exception {
    List<Moment> run = zigzag(now - HOUR_MS, 900);
    publish(run.subList(0, 300));
    publish(run.subList(600, 900));
    Trace before = trail();
    publish(run.subList(300, 600));
    await().until(() -> trail().seq() > before.seq());
    assertThat(trail().flaws(stored())).isEmpty();
  }

  @Test
  void twoHoursOfSilenceBeginAnotherRun() throws Exception {
    publish(zigzag(now - 9 * HOUR_MS, 400));
    assertThat(trail().all()).isNotEmpty();
    List<Moment> second = zigzag(now - 6 * HOUR_MS, 400);
    publish(second);
    Moment last = second.getLast();
    await().until(() -> trail().all().getFirst().t() == second.getFirst().tMs());
    long barely = last.tMs() + 2 * HOUR_MS - 1;
    publish(List.of(new Moment(barely, 52, 13, 30)));
    assertThat(trail().newest().getLast().t()).isEqualTo(barely);
    assertThat(trail().flaws(stored().subList(400, 801))).isEmpty();
    publish(List.of(new Moment(barely + 2 * HOUR_MS, 52, 13, 30)));
    await().until(() -> trail().all().size() == 1);
    assertThat(trail().newest().getFirst().t()).isEqualTo(barely + 2 * HOUR_MS);
  }

  @Test
  void whatAMaskHidesIsInNoTrailButTheOwners() throws Exception {
    publish(zigzag(now - HOUR_MS, 600));
    assertThat(trail().flaws(stored())).isEmpty();
    anna.change("{\"mask\":200}");
    String[] key = Owner.bearer(anna.key);
    for (int i = 0; i < 2; i++) {
      assertThat(trail(key).flaws(stored(key))).isEmpty();
      assertThat(trail().flaws(stored())).isEmpty();
    }
    assertThat(stored()).hasSizeLessThan(550);
    assertThat(stored(key)).hasSize(600);
    anna.change("{\"finished\":true}");
    assertThat(trail().flaws(stored())).isEmpty();
    anna.change("{\"mask\":0}");
    assertThat(trail().all().getFirst().t()).isEqualTo(now - HOUR_MS);
  }

  @Test
  void whoIsErasedAndBeginsAgainHasNothingOfBefore() throws Exception {
    publish(zigzag(now - HOUR_MS, 300));
    assertThat(trail().all()).hasSize(300);
    anna.call("DELETE", "");
    assertThat(calls.get(TRAIL).status()).isEqualTo(404);
    calls.post("/api/runners/anna/positions", zigzag(now - HOUR_MS, 2).getLast().json());
    assertThat(trail().flaws(stored())).isEmpty();
    assertThat(trail().all()).hasSize(1);
    calls.call("DELETE", "/api/runners/anna", BodyPublishers.noBody());
    calls.post("/api/runners/anna/positions", zigzag(now, 1).getLast().json());
    assertThat(trail().all()).extracting(NumberedPlace::t).containsExactly(now);
  }

  @Test
  void whoMayNotFollowGetsNoTrail() throws Exception {
    publish(zigzag(now - HOUR_MS, 10));
    String link = anna.link("{}").json().path("key").asString();
    String linkId = anna.call("GET", "/links").json().path("links").path(0).path("id").asString();
    assertThat(trail().all()).hasSize(10);
    anna.change("{\"visibility\":\"link\"}");
    assertThat(calls.get(TRAIL).text())
        .isEqualTo(calls.get(TRAIL.replace("anna", "nobody")).text().replace("nobody", "anna"));
    assertThat(calls.get(TRAIL + "?key=wrong").status()).isEqualTo(404);
    assertThat(Trace.of(calls.get(TRAIL + "?key=" + link).json()).all()).hasSize(10);
    anna.call("DELETE", "/links/" + linkId);
    assertThat(calls.get(TRAIL + "?key=" + link).code()).isEqualTo("link_ended");
    assertThat(calls.get("/api/runners/no.name/trail").status()).isEqualTo(400);
  }

  @Test
  void whoHasNotSetOutHasAnEmptyTrail() throws Exception {
    Trace trail = trail();
    assertThat(trail.answer().path("state").asString()).isEqualTo("unknown");
    assertThat(trail.answer().path("name").asString()).isEqualTo("Anna");
    assertThat(trail.answer().propertyNames()).doesNotContain("heard");
    assertThat(trail.seq()).isZero();
    assertThat(trail.all()).isEmpty();
    assertThat(trail.answer().path("past").propertyNames())
        .containsExactly("seq", "t", "lat", "lon", "alt", "way");
  }

  @Test
  void whatIsKnownIsNotSentAgainUntilAnythingChanges() throws Exception {
    publish(zigzag(now - HOUR_MS, 10));
    Answer first = calls.get(TRAIL);
    String[] known = {"If-None-Match", first.header("etag")};
    assertThat(first.header("cache-control")).isEqualTo("no-cache");
    assertThat(first.header("vary")).contains("Authorization");
    Answer again = calls.get(TRAIL, known);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.bytes()).isEmpty();
    assertThat(
            calls
                .get(
                    TRAIL,
                    "If-None-Match",
                    first.header("etag"),
                    "Authorization",
                    "Bearer " + anna.key)
                .status())
        .isEqualTo(200);
    anna.change("{\"sos\":true}");
    assertThat(calls.get(TRAIL, known).json().path("sos").asLong()).isPositive();
    String[] asking = {"If-None-Match", calls.get(TRAIL).header("etag")};
    publish(zigzag(now, 1));
    assertThat(calls.get(TRAIL, asking).status()).isEqualTo(200);
  }

  @Test
  void manyWhoAskAtOnceAreAllAnswered() throws Exception {
    publish(zigzag(now - 2 * HOUR_MS, 5_000));
    List<NumberedPlace> stored = stored();
    var asked = new ArrayList<Callable<Trace>>();
    for (int i = 0; i < 40; i++) {
      asked.add(this::trail);
    }
    try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Trace> answer : crowd.invokeAll(asked)) {
        assertThat(answer.get().seq()).isEqualTo(stored.getLast().seq());
        assertThat(answer.get().newest()).hasSize(250);
      }
    }
  }

  @Test
  void altitudeThatIsNotKnownIsLeftOpen() throws Exception {
    String body =
        zigzag(now - HOUR_MS, 300).stream()
            .map(Moment::json)
            .map(json -> json.contains("\"lon\":13.0,") ? json : json.replace(",\"alt\":30.0", ""))
            .collect(joining());
    anna.publish(body);
    assertThat(trail().past()).extracting(NumberedPlace::alt).contains(30.0, (Double) null);
    assertThat(trail().flaws(stored())).isEmpty();
  }
}
