package dev.trackside.run;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.trackside.track.Runner;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Background work on runners, kept off the threads that deliver positions. At most one chore of a
 * kind waits for each runner; it does what others of its kind would do meanwhile. Safe for use by
 * many threads.
 */
public final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  /** Long enough that a burst of the same chore has usually ended. */
  public static final Duration USUAL_DELAY = Duration.ofSeconds(5);

  /** What a chore is for. */
  enum Kind {
    FINISH,
    LOOK_BACK,
    NOTE_USE,
    READ_TRACK,
    STORE_RUNS,
    TELL
  }

  private record Chore(Runner runner, Kind kind) {}

  private final Set<Chore> waiting = ConcurrentHashMap.newKeySet();
  private final Duration delay;
  private volatile boolean closed;

  /**
   * @param delay how long {@link #startLater} waits
   */
  public Chores(Duration delay) {
    this.delay = delay;
  }

  Duration delay() {
    return delay;
  }

  void start(Runner runner, Kind kind, Runnable work) {
    var chore = new Chore(runner, kind);
    if (waiting.add(chore)) {
      Thread.startVirtualThread(() -> run(chore, work));
    }
  }

  /** Starts a chore after the delay, so that one serves for a whole burst. */
  void startLater(Runner runner, Kind kind, Runnable work) {
    startIn(delay, runner, kind, work);
  }

  void startIn(Duration time, Runner runner, Kind kind, Runnable work) {
    var chore = new Chore(runner, kind);
    if (waiting.add(chore)) {
      CompletableFuture.delayedExecutor(time.toMillis(), MILLISECONDS, Thread::startVirtualThread)
          .execute(() -> run(chore, work));
    }
  }

  private void run(Chore chore, Runnable work) {
    waiting.remove(chore);
    if (closed) {
      return;
    }
    try {
      work.run();
    } catch (UncheckedIOException | TooBusy e) {
      LOG.warn("The state of {} could not be stored: {}", chore.runner, e.getMessage());
    }
  }

  /** Starts no more chores. */
  @Override
  public void close() {
    closed = true;
  }
}
