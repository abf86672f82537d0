package dev.trackside.api;

import static dev.trackside.support.Calls.unzipped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.log.Newest;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Fixes;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import io.jenetics.jpx.GPX;
import io.jenetics.jpx.WayPoint;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Reading a runner's track. */
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
    return Fixes.at(T + second * 1000L, 52 + second / 1e6, 13.4);
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
  void trackIsInTheOrderOfMoments() throws Exception {
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
  void numberThatIsNotOfThisLogIsGone() throws Exception {
    append(0, 2);
    Answer answer = site.calls.get(ANNA + "?after=1000000");
    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.code()).isEqualTo("gone");
    assertThat(answer.message())
        .isEqualTo("after=1000000 is not in this log: drop what you have and read from after=0.");
    Answer head =
        site.calls.call(
            "HEAD", ANNA + "?after=1000000", BodyPublishers.noBody(), "Accept-Encoding", "gzip");
    assertThat(head.status()).isEqualTo(410);
    for (String header : List.of("etag", "content-encoding", "content-disposition")) {
      assertThat(head.header(header)).as(header).isEmpty();
    }
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
  void stretchIsBetweenTwoMoments(String query, int from, int to) throws Exception {
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
  void parameterThatIsWrongIsSaid(String query, String words) throws Exception {
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
  @Timeout(120)
  void tenThousandAreUsualAndMoreThanTheMostAreAStream() throws Exception {
    for (int i = 0; i < 110_000; i += 10_000) {
      append(i, i + 10_000);
    }
    assertThat(seconds("")).isEqualTo(range(0, 10_000));
    assertThat(seconds("?limit=100000")).isEqualTo(range(0, 100_000));
    assertThat(seconds("?limit=100000&from=" + (T + 90_000_000))).isEqualTo(range(90_000, 110_000));
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                site.calls.stream(ANNA + ".gpx").body(), StandardCharsets.UTF_8))) {
      assertThat(lines.lines().filter(line -> line.startsWith("<trkpt"))).hasSize(110_000);
    }
  }

  private void appendOneOfEach() {
    double not = Fix.UNKNOWN;
    log.append(
        new Runner("anna"),
        List.of(
            new Fix(T, 1e-7, 180, 40.5, 4, 3.25, 360, 99, 150.6, not, "\"name\":\"<Ä & \\u0000>\""),
            new Fix(T + 1500, -52.5, -13.4, not, not, not, not, not, 300, 3, "\"name\":7"),
            new Fix(
                T + 2000, 52, 13, -3, not, not, not, not, not, not, "\"name\":\"<Ä & \\u0000>\"")));
  }

  @Test
  void gpxIsReadByAnotherLibrary() throws Exception {
    appendOneOfEach();
    Answer answer = site.calls.get(ANNA + ".gpx");
    assertThat(answer.header("content-type")).isEqualTo("application/gpx+xml");
    assertThat(answer.header("content-disposition")).isEqualTo("attachment; filename=\"anna.gpx\"");
    GPX gpx = GPX.Reader.DEFAULT.read(new ByteArrayInputStream(answer.bytes()));
    assertThat(gpx.getTracks()).hasSize(1);
    assertThat(gpx.getTracks().getFirst().getName()).hasValue("<Ä & ?>");
    List<WayPoint> points = gpx.getTracks().getFirst().getSegments().getFirst().getPoints();
    assertThat(points).hasSize(3);
    WayPoint first = points.getFirst();
    assertThat(first.getLatitude().doubleValue()).isEqualTo(1e-7);
    assertThat(first.getLongitude().doubleValue()).isEqualTo(-180);
    assertThat(first.getElevation().orElseThrow().doubleValue()).isEqualTo(40.5);
    assertThat(first.getTime()).hasValue(Instant.ofEpochMilli(T));
    assertThat(points.get(1).getTime()).hasValue(Instant.ofEpochMilli(T + 1500));
    assertThat(points.get(1).getElevation()).isEmpty();
    assertThat(answer.text())
        .contains(
            "<gpxtpx:TrackPointExtension><gpxtpx:hr>151</gpxtpx:hr><gpxtpx:speed>3.25</gpxtpx:speed>"
                + "<gpxtpx:course>0.0</gpxtpx:course></gpxtpx:TrackPointExtension>")
        .containsOnlyOnce("<extensions>");
  }

  @Test
  void geoJsonIsALineWithItsMoments() throws Exception {
    appendOneOfEach();
    Answer answer = site.calls.get(ANNA + ".geojson");
    assertThat(answer.header("content-type")).isEqualTo("application/geo+json");
    JsonNode feature = answer.json().path("features").path(0);
    assertThat(answer.json().path("type").asString()).isEqualTo("FeatureCollection");
    assertThat(feature.path("type").asString()).isEqualTo("Feature");
    assertThat(feature.path("geometry").path("type").asString()).isEqualTo("LineString");
    assertThat(feature.path("geometry").path("coordinates").toString())
        .isEqualTo("[[-180,1.0E-7,40.5],[-13.4,-52.5],[13,52,-3]]");
    assertThat(feature.path("properties").toString())
        .isEqualTo(
            "{\"id\":\"anna\",\"name\":\"<Ä & \\u0000>\",\"coordTimes\":[\"2025-11-22T02:03:20Z\","
                + "\"2025-11-22T02:03:21.500Z\",\"2025-11-22T02:03:22Z\"]}");
  }

  private void appendAt(double... minutesAndPlaces) {
    for (int i = 0; i < minutesAndPlaces.length; i += 3) {
      long tMs = T + Math.round(minutesAndPlaces[i] * 60_000);
      log.append(
          new Runner("anna"),
          List.of(Fixes.at(tMs, minutesAndPlaces[i + 1], minutesAndPlaces[i + 2])));
    }
  }

  private List<Integer> segments(String query) throws Exception {
    Answer answer = site.calls.get(ANNA + ".gpx" + query);
    GPX gpx = GPX.Reader.DEFAULT.read(new ByteArrayInputStream(answer.bytes()));
    return gpx.getTracks().getFirst().segments().map(one -> one.getPoints().size()).toList();
  }

  private JsonNode feature(String query) throws Exception {
    JsonNode features = site.calls.get(ANNA + ".geojson" + query).json().path("features");
    assertThat(features).hasSize(1);
    JsonNode feature = features.path(0);
    assertThat(shape(feature.path("properties").path("coordTimes"), 0))
        .isEqualTo(shape(feature.path("geometry").path("coordinates"), 1));
    return feature;
  }

  /** How many there are in each line. */
  private static String shape(JsonNode array, int depth) {
    JsonNode first = array.path(0);
    for (int i = 0; i < depth; i++) {
      first = first.path(0);
    }
    return first.isArray()
        ? array.valueStream().map(line -> String.valueOf(line.size())).toList().toString()
        : String.valueOf(array.size());
  }

  @Test
  void lineBreaksWhereRecordingStoppedForFiveMinutes() throws Exception {
    appendAt(0, 52, 13, 1, 52.001, 13, 5.99, 52.002, 13, 11, 52.003, 13, 12, 52.004, 13);
    appendAt(20, 52.005, 13, 26, 52.006, 13);
    assertThat(segments("")).containsExactly(3, 2, 1, 1);
    assertThat(segments("?after=0&limit=4")).containsExactly(3, 1);
    JsonNode geometry = feature("").path("geometry");
    assertThat(geometry.path("type").asString()).isEqualTo("MultiLineString");
    assertThat(geometry.path("coordinates").toString())
        .isEqualTo(
            "[[[13,52],[13,52.001],[13,52.002]],[[13,52.003],[13,52.004]],"
                + "[[13,52.005],[13,52.005]],[[13,52.006],[13,52.006]]]");
    assertThat(feature("?limit=3").path("geometry").path("type").asString())
        .isEqualTo("LineString");
  }

  @Test
  void lineIsCutAtThe180thMeridian() throws Exception {
    appendAt(0, -17, 179.8, 1, -17, 179.9, 2, -17.2, -179.9, 3, -17, -179.8);
    JsonNode feature = feature("");
    assertThat(feature.path("geometry").path("coordinates").toString())
        .isEqualTo(
            "[[[179.8,-17],[179.9,-17],[180,-17.1]],[[-180,-17.1],[-179.9,-17.2],[-179.8,-17]]]");
    assertThat(feature.path("properties").path("coordTimes").path(1).toString())
        .isEqualTo("[\"2025-11-22T02:04:50Z\",\"2025-11-22T02:05:20Z\",\"2025-11-22T02:06:20Z\"]");
    assertThat(segments("")).containsExactly(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "179.9 180 -179.9 | [[179.9,180],[-180,-179.9]]",
        "179.9 -180 -179.9 | [[179.9,180],[-180,-179.9]]",
        "-179.9 180 179.9 | [[-179.9,-180],[180,179.9]]",
        "179.9 -180 179.9 | [179.9,180,179.9]",
        "180 -180 179.9 | [180,180,179.9]",
        "180 -179.9 -179.8 | [-180,-179.9,-179.8]",
        "179.9 -179.9 179.9 | [[179.9,180],[-180,-179.9,-180],[180,179.9]]",
        "-90 0 90 | [-90,0,90]",
        "-90 90 | [-90,90]"
      })
  void lineNeverLeavesTheMap(String longitudes, String lines) throws Exception {
    String[] each = longitudes.split(" ", -1);
    for (int i = 0; i < each.length; i++) {
      appendAt(i, -17, Double.parseDouble(each[i]));
    }
    JsonNode coordinates = feature("").path("geometry").path("coordinates");
    assertThat(coordinates.toString().replaceAll("\\[([-0-9.]+),-17]", "$1")).isEqualTo(lines);
  }

  @Test
  void lineNeedsTwoPlaces() throws Exception {
    append(0, 2);
    JsonNode one = site.calls.get(ANNA + ".geojson?limit=1").json().path("features").path(0);
    assertThat(one.path("geometry").toString())
        .isEqualTo("{\"type\":\"Point\",\"coordinates\":[13.4,52]}");
    assertThat(one.path("properties").path("coordTimes")).hasSize(1);
    JsonNode none = site.calls.get(ANNA + ".geojson?to=0").json();
    assertThat(none.path("features").isArray()).isTrue();
    assertThat(none.path("features")).isEmpty();
    Answer empty = site.calls.get(ANNA + ".gpx?to=0");
    GPX gpx = GPX.Reader.DEFAULT.read(new ByteArrayInputStream(empty.bytes()));
    assertThat(gpx.getTracks().getFirst().getName()).hasValue("anna");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".geojson", ".gpx"})
  void trackIsZippedForThoseWhoUnpackIt(String form) throws Exception {
    append(0, 5_000);
    Answer plain = site.calls.get(ANNA + form);
    assertThat(plain.header("content-encoding")).isEmpty();
    assertThat(plain.response().headers().allValues("vary"))
        .contains("Accept-Encoding, Authorization");
    for (String accepted : List.of("gzip", "br, GZIP;q=0.5", "deflate, gzip;q=1.0, *;q=0.1")) {
      Answer zipped = site.calls.get(ANNA + form, "Accept-Encoding", accepted);
      assertThat(zipped.header("content-encoding")).isEqualTo("gzip");
      assertThat(unzipped(zipped.bytes())).isEqualTo(plain.bytes());
    }
    for (String accepted : List.of("gzip;q=0", "identity", "br, gzip;q=0.0", "ungzip")) {
      assertThat(
              site.calls.get(ANNA + form, "Accept-Encoding", accepted).header("content-encoding"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".geojson", ".gpx", "?after=0"})
  void trackThatIsKnownIsNotSentAgain(String form) throws Exception {
    append(0, 5);
    String tag = site.calls.get(ANNA + form).header("etag");
    for (String known : List.of(tag, "\"x\", " + tag, tag.substring(2), "*")) {
      Answer answer = site.calls.get(ANNA + form, "If-None-Match", known);
      assertThat(answer.status()).isEqualTo(304);
      assertThat(answer.header("etag")).isEqualTo(tag);
      assertThat(answer.bytes()).isEmpty();
    }
    append(5, 6);
    Answer fresh = site.calls.get(ANNA + form, "If-None-Match", tag);
    assertThat(fresh.status()).isEqualTo(200);
    assertThat(fresh.header("etag")).isNotEqualTo(tag);
    assertThat(fresh.header("cache-control")).isEqualTo("no-cache");
  }

  @Test
  void whatArrivesWhileATrackIsReadIsNotInIt() throws Exception {
    append(0, 90_000);
    var stream = site.calls.stream(ANNA + ".gpx");
    try (var lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("<?xml");
      append(90_000, 95_000);
      assertThat(lines.lines().filter(line -> line.startsWith("<trkpt"))).hasSize(90_000);
    }
  }
}
