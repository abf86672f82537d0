package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.trackside.sse.StreamLimits;
import dev.trackside.support.RawStream;
import dev.trackside.support.RawStream.Event;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Following a runner by Server-Sent Events. */
class EventsTest {
  private static final String NOBODY = "0 subscribers, 0 channels, 0 feeds, 0 timers";
  private static final StreamLimits SHORT =
      new StreamLimits(
          Duration.ofMillis(50),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          2);

  private static TestClient runner(Running server) throws InterruptedException {
    return TestClient.of(server, "{\"id\":\"marks\",\"events\":true}");
  }

  /** Reports a position and waits until it is kept. */
  private static void report(TestClient runner, String id, int n) throws InterruptedException {
    runner.say("{\"id\":\"%s\",\"lat\":1,\"lon\":2,\"n\":%d,\"ref\":%d}".formatted(id, n, n));
    while (!runner.next().get("type").asString().equals("ack")) {
      // welcome, and who watches
    }
  }

  private static List<Long> numbers(RawStream stream, int count) throws IOException {
    var numbers = new ArrayList<Long>();
    while (numbers.size() < count) {
      Event event = stream.next();
      assertThat(event.name()).isEmpty();
      assertThat(event.id()).isEqualTo(String.valueOf(event.number("seq")));
      numbers.add(event.number("n"));
    }
    return numbers;
  }

  @Test
  void headersComeAtOnceThoughNobodyRuns() throws Exception {
    try (var server = Running.with();
        var stream = RawStream.of(server, "anna/events")) {
      assertThat(stream.head())
          .contains(
              "HTTP/1.1 200 OK",
              "Content-Type: text/event-stream; charset=utf-8",
              "Cache-Control: no-cache, no-transform",
              "X-Accel-Buffering: no",
              "X-Content-Type-Options: nosniff")
          .noneMatch(line -> line.startsWith("Content-Length"))
          .noneMatch(line -> line.startsWith("Content-Encoding"));
      stream.block();
      assertThat(stream.retryMs()).isBetween(2_000, 4_000);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "anna, /api/runners/anna/events",
    "anna, /api/runners/anna/events/",
    "berlin/7, /api/races/berlin/runners/7/events"
  })
  void whatARunnerReportsIsAnEventWithItsNumber(String id, String path) throws Exception {
    try (var server = Running.with();
        var stream = new RawStream(server.port(), 0, "GET", path, "Accept-Encoding: gzip");
        var anna = TestClient.of(server, id)) {
      anna.say("{\"lat\":52.5,\"lon\":13.4,\"hr\":151}");
      String told = anna.next().toString();
      Event event = stream.next();
      assertThat(event.data()).isEqualTo(told);
      assertThat(event.name()).isEmpty();
      assertThat(event.id()).isEqualTo(String.valueOf(event.number("seq")));
    }
  }

  @Test
  void newestPositionOrAsManyAsAskedForComeFirst() throws Exception {
    try (var server = Running.with();
        var runner = runner(server)) {
      for (int n = 0; n < 5; n++) {
        report(runner, "anna", n);
      }
      try (var one = RawStream.of(server, "anna/events");
          var three = RawStream.of(server, "anna/events?trail=3");
          var none = RawStream.of(server, "anna/events?trail=0&pace=0")) {
        assertThat(numbers(one, 1)).containsExactly(4L);
        assertThat(numbers(three, 3)).containsExactly(2L, 3L, 4L);
        assertThat(none.block().data()).isEmpty();
        report(runner, "anna", 5);
        assertThat(numbers(none, 1)).containsExactly(5L);
        assertThat(numbers(one, 1)).containsExactly(5L);
      }
    }
  }

  @Test
  void lastEventIdWinsOverAfter() throws Exception {
    try (var server = Running.with();
        var runner = runner(server)) {
      for (int n = 0; n < 5; n++) {
        report(runner, "anna", n);
      }
      String last;
      try (var all = RawStream.of(server, "anna/events?after=0")) {
        assertThat(numbers(all, 2)).containsExactly(0L, 1L);
        last = all.next().id();
        assertThat(numbers(all, 2)).containsExactly(3L, 4L);
      }
      try (var again = RawStream.of(server, "anna/events?after=0", "Last-Event-ID: " + last);
          var after = RawStream.of(server, "anna/events?after=" + last, "Last-Event-ID:")) {
        assertThat(numbers(again, 2)).containsExactly(3L, 4L);
        assertThat(numbers(after, 2)).containsExactly(3L, 4L);
      }
    }
  }

  @Test
  void whoWasSentNothingYetKnowsWhereToComeBackTo() throws Exception {
    try (var server = Running.with();
        var runner = runner(server)) {
      report(runner, "anna", 0);
      String mark;
      try (var stream = RawStream.of(server, "anna/events?trail=0")) {
        mark = stream.block().id();
      }
      report(runner, "anna", 1);
      try (var again = RawStream.of(server, "anna/events?trail=0", "Last-Event-ID: " + mark)) {
        assertThat(numbers(again, 1)).containsExactly(1L);
      }
    }
  }

  @Test
  void numberOfNowhereResetsAndTheTrailFollows() throws Exception {
    try (var server = Running.with();
        var runner = runner(server)) {
      report(runner, "anna", 0);
      try (var stream = RawStream.of(server, "anna/events", "Last-Event-ID: 9007199254740991")) {
        Event reset = stream.next();
        assertThat(reset.name()).isEqualTo("reset");
        assertThat(reset.data()).isEqualTo("{\"type\":\"reset\",\"id\":\"anna\"}");
        assertThat(numbers(stream, 1)).containsExactly(0L);
      }
    }
  }

  @Test
  void followersAreToldOfAnErasedRunner() throws Exception {
    try (var server = Running.with();
        var runner = runner(server);
        var stream = RawStream.of(server, "anna/events")) {
      report(runner, "anna", 0);
      numbers(stream, 1);
      server.erase("anna");
      Event erased = stream.next();
      assertThat(erased.name()).isEqualTo("erased");
      assertThat(erased.data()).isEqualTo("{\"type\":\"erased\",\"id\":\"anna\"}");
    }
  }

  @Test
  void withEventsWelcomeAndStatusHaveNames() throws Exception {
    try (var server = Running.with();
        var stream = RawStream.of(server, "anna/events?events=true");
        var runner = runner(server)) {
      Event welcome = stream.next();
      assertThat(welcome.name()).isEqualTo("welcome");
      assertThat(welcome.data()).contains("\"state\":\"unknown\"", "\"watching\":1");
      report(runner, "anna", 0);
      var names = List.of(stream.next().name(), stream.next().name());
      assertThat(names).containsExactlyInAnyOrder("", "status");
    }
  }

  @Test
  void onlookerCountsAsWatching() throws Exception {
    try (var server = Running.with();
        var first = RawStream.of(server, "anna/events?events=true")) {
      first.next();
      try (var second = RawStream.of(server, "anna/events?events=true")) {
        assertThat(second.next().number("watching")).isEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          runners/anna/events?trail=10001 | trail must be a whole number from 0 to 10000, got "10001"
          runners/anna/events?trail=      | trail must be a whole number from 0 to 10000, got ""
          runners/anna/events?pace=-1     | pace must be a whole number from 0 to 60000, got "-1"
          runners/anna/events?after=new   | after must be a whole number from 0 to 9007199254740991, got "new"
          runners/anna/events?events=yes  | events must be true or false, got "yes"
          runners/an.na/events            | id must be 1 to 64 of A-Z a-z 0-9 _ - (in a race: race/bib), got "an.na"
          races/berlin/runners/*/events   | id must be 1 to 64 of A-Z a-z 0-9 _ - (in a race: race/bib), got "berlin/*"
          """)
  void wrongWishIsAnsweredWithValueAndRule(String call, String words) throws Exception {
    try (var server = Running.with();
        var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(server.http().resolve("api/" + call)).build();
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .isEqualTo(
              "{\"error\":{\"code\":\"bad_request\",\"message\":\"%s\"}}"
                  .formatted(words.replace("\"", "\\\"")));
    }
  }

  @Test
  void whatMayNotBeFollowedIsNotThere() throws Exception {
    try (var server = Running.with("--open=false");
        var stream = RawStream.of(server, "anna/events")) {
      assertThat(stream.head()).contains("HTTP/1.1 404 Not Found");
    }
  }

  @Test
  void headIsAnsweredWithoutAStream() throws Exception {
    try (var server = Running.with();
        var client = HttpClient.newHttpClient()) {
      URI uri = server.http().resolve("api/runners/anna/events");
      var head = HttpRequest.newBuilder(uri).HEAD().build();
      var answer = client.send(head, BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type"))
          .hasValue("text/event-stream; charset=utf-8");
      assertThat(answer.headers().firstValue("content-length")).isEmpty();
      assertThat(server.leftovers()).isEqualTo(NOBODY);
    }
  }

  @Test
  void quietStreamSaysThatItIsThere() throws Exception {
    try (var server = Running.with(SHORT);
        var stream = RawStream.of(server, "anna/events")) {
      assertThat(stream.block().id()).isEqualTo("0");
      for (int i = 0; i < 5; i++) {
        assertThat(stream.block().comment()).isEqualTo(":");
      }
    }
  }

  @Test
  void whoGoesLeavesNothingBehind() throws Exception {
    try (var server = Running.with()) {
      var politely = RawStream.of(server, "anna/events");
      var reset = RawStream.of(server, "anna/events?events=true&pace=0");
      var garbage = RawStream.of(server, "berlin7/events");
      await().until(() -> server.leftovers().startsWith("3 subscribers"));
      politely.close();
      reset.abort();
      assertThatIOException()
          .isThrownBy(
              () -> {
                while (true) {
                  garbage.say("GET / HTTP/1.1\r\n".repeat(64));
                }
              });
      await().untilAsserted(() -> assertThat(server.leftovers()).isEqualTo(NOBODY));
      garbage.close();
    }
  }

  @Test
  void whoTakesNothingForTooLongIsSentAway() throws Exception {
    try (var server = Running.with(SHORT);
        var runner = runner(server);
        var half = new RawStream(server.port(), 4_096, "GET", "/api/runners/anna/events")) {
      assertThat(half.head()).contains("HTTP/1.1 200 OK");
      await().until(() -> server.leftovers().startsWith("2 subscribers"));
      for (int n = 0; server.gauge("subscribers") > 1; n++) {
        runner.say("{\"id\":\"anna\",\"lat\":1,\"lon\":2}");
        if (n % 1_000 == 0) {
          report(runner, "anna", n);
        }
      }
      assertThat(server.gauge("channels")).isEqualTo(1);
    }
  }

  @Test
  void thereAreOnlySoManyStreams() throws Exception {
    try (var server = Running.with(SHORT);
        var first = RawStream.of(server, "anna/events");
        var second = RawStream.of(server, "anna/events")) {
      assertThat(second.head()).contains("HTTP/1.1 200 OK");
      await().until(() -> server.leftovers().startsWith("2 subscribers"));
      try (var third = RawStream.of(server, "anna/events")) {
        assertThat(third.head()).contains("HTTP/1.1 503 Service Unavailable", "Retry-After: 5");
      }
      first.abort();
      await().until(() -> server.leftovers().startsWith("1 subscribers"));
      try (var third = RawStream.of(server, "anna/events")) {
        assertThat(third.head()).contains("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  void serverSaysThatItGoesAway() throws Exception {
    var streams = new ArrayList<RawStream>();
    try (var server = Running.with()) {
      for (int i = 0; i < 20; i++) {
        streams.add(RawStream.of(server, "anna/events"));
      }
      await().until(() -> server.leftovers().startsWith("20 subscribers"));
    }
    for (RawStream stream : streams) {
      Event goodbye = stream.untilEnd().getLast();
      assertThat(goodbye.name()).isEqualTo("goodbye");
      assertThat(goodbye.data()).isEqualTo("{\"code\":1001}");
      stream.close();
    }
  }

  @Test
  void fiveHundredSeeTheSame() throws Exception {
    var streams = new ArrayList<RawStream>();
    try (var server = Running.with();
        var runner = runner(server)) {
      for (int i = 0; i < 500; i++) {
        streams.add(RawStream.of(server, "anna/events?pace=" + i % 2 * 10));
      }
      await().until(() -> server.leftovers().startsWith("501 subscribers"));
      for (int n = 0; n < 100; n++) {
        runner.say("{\"id\":\"anna\",\"lat\":1,\"lon\":2,\"n\":" + n + "}");
      }
      List<Long> wanted = new ArrayList<>();
      for (long n = 0; n < 100; n++) {
        wanted.add(n);
      }
      for (RawStream stream : streams) {
        assertThat(numbers(stream, 100)).isEqualTo(wanted);
        stream.close();
      }
    }
  }
}
