package dev.trackside.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.stream.Collectors.joining;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A phone that posts what it has gathered, and posts it again until it is told that it is kept. */
final class Bulk implements ReportingPhone {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LOOK_MS = 20;
  private static final int MOST = 60;
  private static final long MOST_SECONDS = 5;

  private final Machine machine;
  private final Book book;
  private final Walk walk;
  private final Random random;
  private final Semaphore due = new Semaphore(0);
  private final LongAdder turnedAway = new LongAdder();
  private volatile List<ReportedFix> batch = List.of();
  private volatile boolean ending;

  Bulk(Machine machine, Book book, Walk walk, Random random) {
    this.machine = machine;
    this.book = book;
    this.walk = walk;
    this.random = random;
  }

  /** Where the calls about a runner begin. */
  static String path(String runner) {
    int slash = runner.indexOf('/');
    return slash < 0
        ? "/api/runners/" + runner
        : "/api/races/" + runner.substring(0, slash) + "/runners/" + runner.substring(slash + 1);
  }

  @Override
  public void mayReport(int count) {
    due.release(count);
  }

  @Override
  public void end() {
    ending = true;
  }

  @Override
  public List<ReportedFix> pending() {
    return batch;
  }

  /** How often the server said that it cannot store at present. */
  long turnedAway() {
    return turnedAway.sum();
  }

  @Override
  public void run() {
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      while (!ending) {
        int count = 1 + random.nextInt(MOST);
        while (!ending && !due.tryAcquire(count, LOOK_MS, MILLISECONDS)) {}
        if (!ending) {
          gather(count);
          deliver(client);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void gather(int count) {
    var fixes = new ArrayList<ReportedFix>();
    for (int i = 0; i < count; i++) {
      ReportedFix fix = walk.next();
      book.says(fix);
      fixes.add(fix);
    }
    batch = List.copyOf(fixes);
  }

  private void deliver(HttpClient client) throws InterruptedException {
    while (!batch.isEmpty()) {
      machine.awaitUp();
      if (post(client)) {
        batch = List.of();
      } else {
        machine.pause();
      }
    }
  }

  private boolean post(HttpClient client) throws InterruptedException {
    try {
      HttpResponse<String> answer = client.send(request(), BodyHandlers.ofString());
      if (answer.statusCode() == 503) {
        turnedAway.increment();
        var retryAfter = answer.headers().firstValueAsLong("Retry-After");
        if (retryAfter.isEmpty()) {
          book.fault("503 without Retry-After: " + answer.body());
        }
        machine.pause(Math.min(retryAfter.orElse(1), MOST_SECONDS) * 1_000);
        return false;
      }
      if (answer.statusCode() != 200) {
        book.fault(answer.statusCode() + " " + answer.body());
        return false;
      }
      settle(MAPPER.readTree(answer.body()));
      return true;
    } catch (IOException e) {
      return false; // it was cut: the same is posted again
    }
  }

  private void settle(JsonNode answer) {
    int told =
        answer.path("accepted").asInt()
            + answer.path("late").asInt()
            + answer.path("duplicate").asInt();
    if (told != batch.size() || !answer.path("refused").isEmpty()) {
      book.fault(batch.size() + " were posted, and the answer was " + answer);
    }
    batch.forEach(book::acknowledged);
  }

  private HttpRequest request() throws IOException {
    boolean lines = random.nextBoolean();
    String text =
        lines
            ? batch.stream().map(ReportedFix::json).collect(joining("\n"))
            : batch.stream().map(ReportedFix::json).collect(joining(",", "[", "]"));
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + machine.port() + path(walk.runner()) + "/positions"))
            .timeout(PATIENCE)
            .header("Content-Type", lines ? "application/x-ndjson" : "application/json");
    byte[] body = text.getBytes(UTF_8);
    if (random.nextInt(3) > 0) {
      return request.POST(BodyPublishers.ofByteArray(body)).build();
    }
    return request
        .header("Content-Encoding", "gzip")
        .POST(BodyPublishers.ofByteArray(zipped(body)))
        .build();
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  @Override
  public String toString() {
    return walk.runner() + "'s phone, over HTTP";
  }
}
