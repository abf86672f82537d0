package dev.trackside.demo;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.trackside.access.Key;
import dev.trackside.intake.Intake;
import dev.trackside.intake.NotAllowed;
import dev.trackside.intake.Source;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small field of runners, round and round on a recorded course until it is closed. Each sends a
 * fix once a second, as a phone does. Safe for use by many threads.
 */
public final class Rehearsal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final Intake intake;
  private final Recording recording;
  private final InstantSource clock;
  private final Key key;
  private final Instant begin;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("rehearsal").unstarted(this::run);

  /**
   * @param key the key of all its runners
   */
  public Rehearsal(Intake intake, RecordedCourse course, InstantSource clock, Key key)
      throws IOException {
    this.intake = intake;
    this.recording = course.recording();
    this.clock = clock;
    this.key = key;
    this.begin = clock.instant();
  }

  /** The runners. Their positions from an earlier rehearsal are of no use in the next one. */
  public static List<Runner> runners() {
    return Participant.FIELD.stream().map(Participant::runner).toList();
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      replay();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (NotAllowed e) {
      LOG.error("The rehearsal ends: it may not publish as its runners ({}).", e.right);
    }
  }

  private void replay() throws InterruptedException, NotAllowed {
    List<Participant> field = Participant.FIELD;
    Duration step = BEAT.dividedBy(field.size());
    long dueNanos = System.nanoTime();
    for (int turn = 0; closed.getCount() > 0; turn = (turn + 1) % field.size()) {
      Participant next = field.get(turn);
      Instant now = clock.instant();
      if (!intake.isFull()) {
        var fix = next.fix(next.after(Duration.between(begin, now), recording), now);
        intake.offer(next.runner(), key, List.of(fix), Source.REHEARSAL, false);
      }
      dueNanos = Math.max(dueNanos + step.toNanos(), System.nanoTime() - BEAT.toNanos());
      var _ = closed.await(dueNanos - System.nanoTime(), NANOSECONDS);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (thread.isAlive() && !thread.join(FAREWELL)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
