package dev.trackside.api;

import static dev.trackside.support.Calls.zipped;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Running;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Posting batches of positions. */
class PostingTest {
  private static final String ANNA = "/api/runners/anna/positions";
  private static final long T = 1_763_777_000_000L;

  private Running server;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    server = Running.with();
    calls = new Calls(server.http());
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private static String position(int number) {
    return "{\"t\":%d,\"lat\":%s,\"lon\":13.4}".formatted(T + number * 1000L, 52 + number / 1e5);
  }

  private static String positions(int count, String between) {
    return IntStream.range(0, count)
        .mapToObj(PostingTest::position)
        .collect(Collectors.joining(between));
  }

  private static void assertCounts(Answer answer, int accepted, int late, int duplicate, int bad) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode json = answer.json();
    assertThat(json.propertyNames())
        .containsExactly("accepted", "late", "duplicate", "refused", "seq");
    assertThat(json.path("accepted").asInt()).as(answer.text()).isEqualTo(accepted);
    assertThat(json.path("late").asInt()).as(answer.text()).isEqualTo(late);
    assertThat(json.path("duplicate").asInt()).as(answer.text()).isEqualTo(duplicate);
    assertThat(json.path("refused").size()).as(answer.text()).isEqualTo(bad);
  }

  private JsonNode track(String runner) throws Exception {
    return calls.get("/api/runners/" + runner + "/track").json().path("positions");
  }

  @Test
  void objectArrayAndLinesAreToldApartByTheirFirstBytes() throws Exception {
    assertCounts(calls.post(ANNA, position(0)), 1, 0, 0, 0);
    assertCounts(calls.post(ANNA, " \r\n\t" + position(1) + "\n\n"), 1, 0, 0, 0);
    assertCounts(calls.post(ANNA, position(2).replace(",", ",\n  ")), 1, 0, 0, 0);
    assertCounts(calls.post(ANNA, "\n[" + position(3) + "\n,\n" + position(4) + "]\n"), 2, 0, 0, 0);
    assertCounts(calls.post(ANNA, position(5) + "\n" + position(6)), 2, 0, 0, 0);
    assertCounts(
        calls.post(
            ANNA, position(7) + "\r\n\r\n" + position(8) + "\r\n", "Content-Type", "text/csv"),
        2,
        0,
        0,
        0);
    assertThat(track("anna")).hasSize(9);
  }

  @Test
  void runnerInARaceHasAPathOfTheirOwn() throws Exception {
    String path = "/api/races/berlin/runners/1042/";
    Answer answer = calls.post(path + "positions/", "{\"id\":\"berlin/1042\",\"lat\":1,\"lon\":2}");
    assertCounts(answer, 1, 0, 0, 0);
    JsonNode track = calls.get(path + "track/").json();
    assertThat(track.path("id").asString()).isEqualTo("berlin/1042");
    assertThat(track.path("positions").path(0).path("seq")).isEqualTo(answer.json().path("seq"));
  }

  @Test
  void batchSentTwiceIsStoredOnce() throws Exception {
    Answer first = calls.post(ANNA, "[" + positions(500, ",") + "]");
    assertCounts(first, 500, 0, 0, 0);
    Answer again = calls.post(ANNA, positions(500, "\n"));
    assertCounts(again, 0, 0, 500, 0);
    assertThat(again.json().path("seq")).isEqualTo(first.json().path("seq"));
    assertThat(track("anna")).hasSize(500);
  }

  @Test
  void backlogIsLateAndShownInItsPlace() throws Exception {
    assertCounts(calls.post(ANNA, "[" + position(0) + "," + position(10) + "]"), 2, 0, 0, 0);
    assertCounts(calls.post(ANNA, "[" + position(5) + "," + position(11) + "]"), 1, 1, 0, 0);
    JsonNode track = track("anna");
    assertThat(track.valueStream().map(p -> (p.path("t").asLong() - T) / 1000))
        .containsExactly(0L, 5L, 10L, 11L);
    assertThat(track.path(1).path("late").asBoolean()).isTrue();
    assertThat(track.path(2).has("late")).isFalse();
  }

  @Test
  void everyPositionIsOfOneKindAndTheRefusedAreNamed() throws Exception {
    calls.post(ANNA, position(5));
    String body =
        String.join(
            "\n",
            "{\"lat\":NaN,\"lon\":1}",
            position(5),
            "{\"lat\":1e999,\"lon\":1}",
            position(1),
            "{\"lat\":91.2,\"lon\":1}",
            "no json",
            "[1]",
            "{\"lat\":1,\"lon\":2} {}",
            "{\"id\":\"bob\",\"lat\":1,\"lon\":2}",
            "{\"id\":[\"anna\"],\"lat\":1,\"lon\":2}",
            "{\"hr\":150}",
            "{}",
            position(9),
            "{\"lat\":1,");
    Answer answer = calls.post(ANNA, body);
    assertCounts(answer, 1, 1, 1, 11);
    assertThat(answer.json().path("refused").valueStream().map(r -> r.path("index").asInt()))
        .containsExactly(0, 2, 4, 5, 6, 7, 8, 9, 10, 11, 13);
    assertThat(answer.json().path("refused").valueStream().map(r -> r.path("message").asString()))
        .startsWith(
            "lat must be a number, got NaN",
            "lat must be a number, got 1e999",
            "lat must be between -90 and 90, got 91.2")
        .contains(
            "a position must be one object, {…}",
            "a line must hold one object, and nothing after it",
            "id must be anna, as in the address, or left out",
            "id must be a string or a whole number",
            "a position needs lat and lon");
  }

  @Test
  void lineThatBeginsBeyondAsciiIsRefusedAndDoesNotEndTheRest() throws Exception {
    String body = position(0) + "\né\n" + position(1) + "\n京 " + position(2);
    Answer answer = calls.post(ANNA, body);
    assertCounts(answer, 2, 0, 0, 2);
    assertThat(answer.json().path("refused").valueStream().map(r -> r.path("index").asInt()))
        .containsExactly(1, 3);
  }

  @Test
  void refusedInAnArrayAreCountedToo() throws Exception {
    String body = "[5,null,[{\"lat\":1,\"lon\":1}],\"x\",{\"lat\":1,\"lon\":1},{\"lat\":1}]";
    Answer answer = calls.post(ANNA, body);
    assertCounts(answer, 1, 0, 0, 5);
    assertThat(answer.json().path("refused").path(4).path("index").asInt()).isEqualTo(5);
    assertCounts(calls.post(ANNA, "[]"), 0, 0, 0, 0);
    assertThat(calls.post(ANNA, "[]").json().path("seq").asLong()).isZero();
  }

  @Test
  void whatHasAnotherMeaningIsNotKept() throws Exception {
    calls.post(
        ANNA,
        "{\"id\":\"anna\",\"lat\":1,\"lon\":2,\"key\":\"secret\",\"keys\":{\"a\":1},\"type\":\"x\","
            + "\"seq\":1,\"ref\":{},\"trail\":\"x\",\"late\":true,\"shoe\":\"left\"}");
    JsonNode position = track("anna").path(0);
    assertThat(position.propertyNames())
        .containsExactly("type", "id", "seq", "t", "lat", "lon", "shoe");
    assertThat(position.path("type").asString()).isEqualTo("position");
    assertThat(position.path("seq").asLong()).isGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | The body is empty.",
        "' ⏎ ' | The body is empty.",
        "hello | The body must be a position",
        "5 | The body must be a position",
        "lat=1&lon=2 | The body must be a position",
        "é | The body must be a position",
        "{\"lat\":1 | line 1, column 9: not JSON: Unexpected end-of-input",
        "{\"lat\":1,⏎ | line 1, column 10: not JSON: Unexpected end-of-input",
        "{\"lat\":1,⏎\"lon\": | line 2, column 7: not JSON: Unexpected end-of-input",
        "{\"lat\":1}} | line 1,",
        "{\"lat\":1,⏎\"lon\":2}⏎{ | There must be nothing after the closing bracket.",
        "[{\"lat\":1,\"lon\":1} | line 1, column 19: not JSON: Unexpected end-of-input",
        "[{\"lat\":1,\"lon\":1},{\"lat\"] | line 1,",
        "[{\"lat\":1,\"lon\":1}]] | line 1,",
        "[{\"lat\":1,\"lon\":1}] [] | There must be nothing after the closing bracket.",
        "[,] | line 1,",
        "['x'] | line 1,"
      })
  void bodyThatIsNoneOfTheThreeIsRefusedAsAWhole(String body, String words) throws Exception {
    Answer answer = calls.post(ANNA, body.replace('⏎', '\n'));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("bad_json");
    assertThat(answer.message()).startsWith(words);
    assertThat(calls.get("/api/runners/anna").status()).isEqualTo(404);
  }

  @Test
  void wrongUtf8IsRefused() throws Exception {
    byte[] wrong = "[{\"lat\":1,\"lon\":2,\"x\":\"\u00ff\"}]".getBytes(ISO_8859_1);
    Answer answer = calls.post(ANNA, wrong);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).contains("Invalid UTF-8");
    byte[] line = Arrays.copyOfRange(wrong, 1, wrong.length - 1);
    var lines = new ByteArrayOutputStream();
    lines.writeBytes((position(1) + "\n").getBytes(UTF_8));
    lines.writeBytes(line);
    assertCounts(calls.post(ANNA, lines.toByteArray()), 1, 0, 0, 1);
  }

  @Test
  void tenThousandPositionsAreTheMost() throws Exception {
    assertCounts(calls.post(ANNA, "[" + positions(10_000, ",") + "]"), 10_000, 0, 0, 0);
    String bob = "/api/runners/bob/positions";
    for (String body : new String[] {"[" + positions(10_001, ",") + "]", positions(10_001, "\n")}) {
      Answer answer = calls.post(bob, body);
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.message()).isEqualTo("A call takes at most 10000 positions, got more.");
    }
    assertThat(calls.get("/api/runners/bob").status()).isEqualTo(404);
  }

  @Test
  void fiveMebibytesAreTooMuch() throws Exception {
    byte[] blanks = " ".repeat(5 * 1024 * 1024).getBytes(UTF_8);
    for (Answer answer :
        new Answer[] {
          calls.post(ANNA, blanks),
          calls.call(
              "POST", ANNA, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(blanks)))
        }) {
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.message())
          .isEqualTo("A body must have at most 4194304 bytes, packed and unpacked, got more.");
    }
  }

  @Test
  void gzipIsUnpackedAndABombIsNot() throws Exception {
    byte[] body = ("[" + positions(100, ",") + "]").getBytes(UTF_8);
    String[] gzip = {"Content-Encoding", "gzip"};
    assertCounts(calls.post(ANNA, zipped(body), gzip), 100, 0, 0, 0);
    Answer bomb = calls.post(ANNA, zipped(new byte[20_000_000]), gzip);
    assertThat(bomb.status()).isEqualTo(400);
    byte[] blanks = " ".repeat(20_000_000).getBytes(UTF_8);
    assertThat(calls.post(ANNA, zipped(blanks), gzip).status()).isEqualTo(413);
    byte[] member = zipped(new byte[0]);
    var members = new ByteArrayOutputStream();
    for (int i = 0; i < 200_000; i++) {
      members.writeBytes(member);
    }
    assertThat(calls.post(ANNA, members.toByteArray(), gzip).message()).contains("is empty");
    var parts = new ByteArrayOutputStream();
    parts.writeBytes(zipped("{\"lat\":1,".getBytes(UTF_8)));
    parts.writeBytes(zipped("\"lon\":1}".getBytes(UTF_8)));
    assertCounts(calls.post(ANNA, parts.toByteArray(), gzip), 1, 0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, gzip"})
  void otherEncodingsAreRefusedByName(String encoding) throws Exception {
    Answer answer = calls.post(ANNA, position(1), "Content-Encoding", encoding);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message())
        .isEqualTo("Content-Encoding must be gzip or left out, got " + encoding);
  }

  @Test
  void brokenGzipIsRefused() throws Exception {
    byte[] whole = zipped(("[" + positions(100, ",") + "]").getBytes(UTF_8));
    String[] gzip = {"Content-Encoding", "gzip"};
    assertThat(calls.post(ANNA, position(1), gzip).message())
        .isEqualTo("The body is not gzip: a member does not begin with a gzip header");
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertThat(calls.post(ANNA, half, gzip).message())
        .isEqualTo("The body is not gzip: it ends too early");
    whole[whole.length - 1]++;
    assertThat(calls.post(ANNA, whole, gzip).message())
        .isEqualTo("The body is not gzip: the checksum is wrong");
    whole[whole.length / 2]++;
    assertThat(calls.post(ANNA, whole, gzip).status()).isEqualTo(400);
    byte[] wrongHeader = {0x1f, (byte) 0x8b, 8, 2, 0, 0, 0, 0, 0, 0, 1, 2};
    assertThat(calls.post(ANNA, wrongHeader, gzip).message())
        .isEqualTo("The body is not gzip: the checksum of a header is wrong");
    assertThat(calls.get("/api/runners/anna").status()).isEqualTo(404);
  }

  @Test
  void lineThatIsTooLongIsRefusedAloneAndAnArrayMayBeOneLine() throws Exception {
    String blown = "{\"lat\":1,\"lon\":2,\"nested\":[" + "0,".repeat(100_000) + "0]}";
    Answer answer =
        calls.post(ANNA, position(1) + "\n" + blown + "\n" + position(2) + "\n" + blown);
    assertCounts(answer, 2, 0, 0, 2);
    assertThat(answer.json().path("refused").path(0).path("message").asString())
        .isEqualTo("a line has at most 65536 bytes");
    assertCounts(calls.post(ANNA, "[" + blown + "," + position(3) + "]"), 1, 1, 0, 0);
  }

  @Test
  void hostileNestingIsRefused() throws Exception {
    String deep = "{\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    assertCounts(calls.post(ANNA, position(1) + "\n" + deep), 1, 0, 0, 1);
    assertThat(calls.post(ANNA, "[" + deep + "]").status()).isEqualTo(400);
  }
}
