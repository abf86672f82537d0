package dev.trackside.demo;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.trackside.track.Runner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * A small field of runners on a recorded course, round and round until it is closed. Each reports
 * once a second, through the server's WebSocket door like any phone; when the connection ends, it
 * comes back. Safe for use by many threads.
 */
public final class Rehearsal implements AutoCloseable {
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final Supplier<URI> door;
  private final Recording recording;
  private final InstantSource clock;
  private final String key;
  private final Instant begin;
  private final List<Participant> field = Participant.FIELD;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread runner = Thread.ofVirtual().name("rehearsal").unstarted(this::run);

  /**
   * @param door where the WebSocket of a running server is, such as {@code ws://127.0.0.1:8080/ws}
   * @param key may publish as all of its runners
   */
  public Rehearsal(Supplier<URI> door, Course course, InstantSource clock, String key)
      throws IOException {
    this.door = door;
    this.recording = course.recording();
    this.clock = clock;
    this.key = key;
    this.begin = clock.instant();
  }

  /** Who takes part. What they did in an earlier rehearsal is worth nothing in the next. */
  public static List<Runner> runners() {
    return Participant.FIELD.stream().map(participant -> new Runner(participant.id())).toList();
  }

  public void start() {
    runner.start();
  }

  /** Whether it still has a thread of its own. */
  public boolean isRunning() {
    return runner.isAlive();
  }

  private void run() {
    try (var client = HttpClient.newHttpClient()) {
      Duration pause = FIRST_PAUSE;
      while (closed.getCount() > 0) {
        long beganNanos = System.nanoTime();
        try (var line = new Line(client, door.get())) {
          replay(line);
        } catch (IOException e) {
          boolean held = System.nanoTime() - beganNanos > LONGEST_PAUSE.toNanos();
          pause = held ? FIRST_PAUSE : pause;
          sleep(jittered(pause));
          pause = longer(pause);
        }
      }
      client.shutdownNow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void replay(Line line) throws IOException, InterruptedException {
    line.say("{\"follow\":[],\"key\":\"" + key + "\"}");
    Duration step = BEAT.dividedBy(field.size());
    long dueNanos = System.nanoTime();
    for (int turn = 0; closed.getCount() > 0; turn = (turn + 1) % field.size()) {
      Participant next = field.get(turn);
      Instant now = clock.instant();
      line.say(next.message(next.after(Duration.between(begin, now), recording), now));
      dueNanos = Math.max(dueNanos + step.toNanos(), System.nanoTime() - BEAT.toNanos());
      sleep(Duration.ofNanos(dueNanos - System.nanoTime()));
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private static Duration jittered(Duration pause) {
    long half = pause.toNanos() / 2;
    return Duration.ofNanos(half + ThreadLocalRandom.current().nextLong(half + 1));
  }

  /** Waits, at most until the rehearsal is closed. */
  private void sleep(Duration pause) throws InterruptedException {
    var _ = closed.await(pause.toNanos(), NANOSECONDS);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (runner.isAlive() && !runner.join(FAREWELL)) {
        runner.interrupt();
      }
    } catch (InterruptedException e) {
      runner.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
