package dev.trackside.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.api.Calls.Answer;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.MemoryTrackLog;
import dev.trackside.track.Newest;
import dev.trackside.track.Runner;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Somebody reads where a runner has been. */
class TrackTest {
  private static final String ANNA = "/api/runners/anna/track";
  private static final long T = 1_763_777_000_000L;

  private MemoryTrackLog log;
  private Site site;

  @BeforeEach
  void open() {
    log =
        new MemoryTrackLog(
            InstantSource.system(),
            new AtomicLong(1)::getAndIncrement,
            new Newest.Bounds(300_000, 400_000));
    site = new Site(log);
  }

  @AfterEach
  void close() {
    site.close();
    log.close();
  }

  private static Fix fix(int second) {
    return Fix.at(T + second * 1000L, 52 + second / 1e6, 13.4);
  }

  private void append(int from, int to) {
    log.append(new Runner("anna"), IntStream.range(from, to).mapToObj(TrackTest::fix).toList());
  }

  private List<Integer> seconds(String query) throws Exception {
    Answer answer = site.calls.get(ANNA + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer
        .json()
        .path("positions")
        .valueStream()
        .map(p -> (int) ((p.path("t").asLong() - T) / 1000))
        .toList();
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void aTrackIsInTheOrderOfMoments() throws Exception {
    append(5, 10);
    append(0, 5);
    append(10, 12);
    assertThat(seconds("")).isEqualTo(range(0, 12));
    JsonNode first = site.calls.get(ANNA).json().path("positions").path(0);
    assertThat(first.path("late").asBoolean()).isTrue();
    assertThat(first.propertyNames())
        .containsExactly("type", "id", "seq", "t", "lat", "lon", "late");
  }

  @Test
  void afterANumberItIsInTheOrderOfArrivalForPaging() throws Exception {
    append(5, 10);
    append(0, 5);
    assertThat(seconds("?after=0")).containsExactly(5, 6, 7, 8, 9, 0, 1, 2, 3, 4);
    JsonNode page = site.calls.get(ANNA + "?after=0&limit=4").json().path("positions");
    long seq = page.path(3).path("seq").asLong();
    assertThat(seconds("?limit=4&after=" + seq)).containsExactly(9, 0, 1, 2);
    long newest = log.latest(new Feed.One(new Runner("anna")), 1).getFirst().seq();
    assertThat(seconds("?after=" + newest)).isEmpty();
  }

  @Test
  void aNumberThatIsNotOfThisLogIsGone() throws Exception {
    append(0, 2);
    Answer answer = site.calls.get(ANNA + "?after=1000000");
    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.code()).isEqualTo("gone");
    assertThat(answer.message())
        .isEqualTo("after=1000000 is not of this log: drop what you have, and read from after=0.");
  }

  @ParameterizedTest
  @CsvSource({
    "?from=1763777003000, 3, 10",
    "?to=1763777003000, 0, 4",
    "?from=1763777003000&to=1763777005999, 3, 6",
    "?from=2025-11-22T02:03:23Z&to=2025-11-22T03:03:25%2B01:00, 3, 6",
    "?from=2025-11-22T03:03:23+01:00, 3, 10",
    "?from=1763777003, 3, 10",
    "?from=0&to=99999999999999, 0, 10",
    "?from=1763777008000&to=1763777002000, 0, 0",
    "?limit=3, 0, 3",
    "?from=1763777003000&limit=2, 3, 5",
    "?after=0&from=1763777003000&to=1763777005000, 3, 6",
    "?after=0&from=1763777003000&limit=2, 3, 5",
    "/?limit=100000, 0, 10"
  })
  void aStretchIsBetweenTwoMoments(String query, int from, int to) throws Exception {
    append(0, 10);
    assertThat(seconds(query)).isEqualTo(range(from, to));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0 | limit must be a whole number from 1 to 100000, got \"0\"",
        "limit=100001 | limit must be a whole number from 1 to 100000, got \"100001\"",
        "limit= | limit must be a whole number from 1 to 100000, got \"\"",
        "limit=all | limit must be a whole number from 1 to 100000, got \"all\"",
        "after=-1 | after must be a whole number from 0 to 9223372036854775807, got \"-1\"",
        "from=now | from must be epoch s, epoch ms or ISO-8601 with a zone, got \"now\"",
        "to=2025-11-22 | to must be epoch s, epoch ms or ISO-8601 with a zone, got \"2025-11-22\"",
        "to=99999999999999999999 | to must be epoch s, epoch ms or ISO-8601 with a zone, got"
            + " \"99999999999999999999\"",
      })
  void aParameterThatIsWrongIsSaid(String query, String words) throws Exception {
    append(0, 1);
    for (String form : List.of("", ".geojson", ".gpx")) {
      Answer answer = site.calls.get(ANNA + form + "?" + query);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.message()).isEqualTo(words);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".geojson", ".gpx", "?after=5"})
  void whoHasNoPositionsIsNotThere(String form) throws Exception {
    Answer answer = site.calls.get("/api/runners/nobody/track" + form);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.message()).isEqualTo("There are no positions of nobody.");
    assertThat(site.calls.get("/api/races/berlin/runners/7/track" + form).message())
        .isEqualTo("There are no positions of berlin/7.");
  }

  @Test
  void tenThousandAreUsualAndTwoHundredThousandAreAStream() throws Exception {
    for (int i = 0; i < 200_000; i += 10_000) {
      append(i, i + 10_000);
    }
    assertThat(seconds("")).isEqualTo(range(0, 10_000));
    assertThat(seconds("?limit=100000")).isEqualTo(range(0, 100_000));
    assertThat(seconds("?limit=100000&from=" + (T + 100_000_000)))
        .isEqualTo(range(100_000, 200_000));
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                site.calls.stream(ANNA + ".gpx").body(), StandardCharsets.UTF_8))) {
      assertThat(lines.lines().filter(line -> line.startsWith("<trkpt"))).hasSize(200_000);
    }
  }
}
