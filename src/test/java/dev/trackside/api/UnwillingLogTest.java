package dev.trackside.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.log.Newest;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Fixes;
import dev.trackside.support.MoodyLog;
import dev.trackside.track.Runner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log is full, in trouble, slow, or cannot be read. */
class UnwillingLogTest {
  private static final Runner ANNA = new Runner("anna");
  private static final String POST = "/api/runners/anna/positions";
  private static final String TRACK = "/api/runners/anna/track";
  private static final String PLACE = "{\"lat\":1,\"lon\":2}";
  private static final long T = 1_763_777_000_000L;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private MoodyLog log;
  private Site site;

  @BeforeEach
  void open() {
    log =
        new MoodyLog(
            new MemoryTrackLog(
                InstantSource.system(),
                new AtomicLong(1)::getAndIncrement,
                new Newest.Bounds(100_000, 100_000)));
    site = new Site(log);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    site.close();
    log.close();
  }

  private Future<Answer> posting() {
    return threads.submit(() -> site.calls.post(POST, PLACE));
  }

  private static void assertComeBack(Answer answer, String words) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isEqualTo("5");
    assertThat(answer.code()).isEqualTo("unavailable");
    assertThat(answer.message()).isEqualTo(words);
  }

  private void append(int count) {
    log.append(
        ANNA,
        IntStream.range(0, count).mapToObj(i -> Fixes.at(T + i * 1000L, Math.sin(i), 2)).toList());
  }

  @Test
  void inTroubleNothingIsTakenAndTheReasonIsSaid() throws Exception {
    log.getIntoTrouble();
    assertComeBack(site.calls.post(POST, PLACE), MoodyLog.TROUBLE);
    assertThat(site.calls.get("/api/runners/anna").status()).isEqualTo(404);
  }

  @Test
  void whoIsStillSendingHearsOfTheTroubleToo() throws Exception {
    log.getIntoTrouble();
    for (int i = 0; i < 5; i++) {
      assertComeBack(site.calls.post(POST, " ".repeat(20_000_000)), MoodyLog.TROUBLE);
    }
  }

  @Test
  void whoAsksBeforeSendingHearsOfTheTroubleFirst() throws Exception {
    log.getIntoTrouble();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), site.address().getPort())) {
      String asking =
          "POST /api/runners/anna/positions HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99\r\n\r\n";
      socket.getOutputStream().write(asking.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(12);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 503");
    }
  }

  @Test
  void troubleDoesNotKeepAnybodyFromReading() throws Exception {
    append(3);
    log.getIntoTrouble();
    assertThat(site.calls.get(TRACK).json().path("positions")).hasSize(3);
  }

  @Test
  void publishersWaitTogetherUntilThereIsRoom() throws Exception {
    log.fill();
    List<Future<Answer>> all = List.of(posting(), posting(), posting());
    await().until(() -> log.waiting() > 0);
    assertThat(all).noneMatch(Future::isDone);
    assertThat(log.waiting()).isEqualTo(1);
    log.empty();
    for (Future<Answer> each : all) {
      assertThat(each.get().json().path("accepted").asInt()).isEqualTo(1);
    }
  }

  @Test
  void whoWaitsForLongIsSentAway() throws Exception {
    log.fill();
    Future<Answer> first = posting();
    Future<Answer> second = posting();
    String words = "More comes in than can be stored at present. Try again.";
    assertComeBack(first.get(), words);
    assertComeBack(second.get(), words);
    assertThat(log.waiting()).isEqualTo(1);
    assertThat(site.calls.get("/api/runners/anna").status()).isEqualTo(404);
  }

  @Test
  void answerComesWhenThePositionsAreDurable() throws Exception {
    CompletableFuture<Void> durable = log.beSlow();
    Future<Answer> answer = posting();
    await().until(() -> site.calls.get("/api/runners/anna").status() == 200);
    assertThat(answer.isDone()).isFalse();
    durable.complete(null);
    assertThat(answer.get().json().path("accepted").asInt()).isEqualTo(1);
  }

  @Test
  void whatDoesNotBecomeDurableIsToBeSentAgain() throws Exception {
    CompletableFuture<Void> durable = log.beSlow();
    Future<Answer> answer = posting();
    await().until(() -> site.calls.get("/api/runners/anna").status() == 200);
    durable.completeExceptionally(new IOException("broken"));
    assertComeBack(answer.get(), "The positions could not be stored. Send them again.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gpx", ".geojson", "?after=0"})
  void logThatCannotBeReadIsSaid(String form) throws Exception {
    append(3);
    log.failAfter(0);
    assertComeBack(site.calls.get(TRACK + form), "The disk cannot be read.");
  }

  @ParameterizedTest
  @CsvSource({"?limit=100000, 44", ".gpx, 44", ".geojson, 160", "?limit=100000&after=0, 44"})
  void trackThatCannotBeReadToItsEndBreaksOff(String form, int reads) throws Exception {
    append(30_000);
    for (String encoding : List.of("identity", "gzip")) {
      log.failAfter(reads);
      String answer = rawGet(TRACK + form, encoding);
      assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").hasSizeGreaterThan(32 * 1024);
      assertThat(answer).doesNotEndWith("\r\n0\r\n\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({".gpx, 1", ".geojson, 1", ".geojson, 2"})
  void whatFailsBeforeAnythingIsSentIsSaid(String form, int reads) throws Exception {
    log.append(ANNA, IntStream.range(0, 3_000).mapToObj(i -> Fixes.at(1, 2)).toList());
    log.failAfter(reads);
    assertThat(rawGet(TRACK + form, "gzip"))
        .startsWith("HTTP/1.1 503 ")
        .contains("The disk cannot be read.")
        .contains("\r\nAccess-Control-Allow-Origin: https://club.example\r\n")
        .doesNotContain("\r\nETag:", "\r\nContent-Encoding:", "\r\nContent-Disposition:");
  }

  /** Everything received until the connection ends, however it ends. */
  private String rawGet(String path, String encoding) throws IOException {
    var got = new ByteArrayOutputStream();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), site.address().getPort())) {
      String request =
          "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nOrigin: https://club.example\r\nAccept-Encoding: %s\r\n\r\n"
              .formatted(path, encoding);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().transferTo(got);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return got.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void readerWhoStopsReadingHoldsTheLogUpForNobody() throws Exception {
    append(30_000);
    HttpResponse<InputStream> stalled = site.calls.stream(TRACK + ".gpx");
    try (var body = stalled.body()) {
      assertThat(body.read()).isEqualTo('<');
      assertThat(log.reads()).isLessThan(40);
      assertThat(site.calls.post(POST, PLACE).status()).isEqualTo(200);
      assertThat(site.calls.get(TRACK).status()).isEqualTo(200);
    }
  }

  @Test
  void halfABodyIsNotStored() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), site.address().getPort())) {
      String half =
          "POST " + POST + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n[" + PLACE + ",";
      socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.UTF_8)).doesNotContain("200 OK");
    }
    assertThat(site.calls.get("/api/runners/anna").status()).isEqualTo(404);
  }
}
