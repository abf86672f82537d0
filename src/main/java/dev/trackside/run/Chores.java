package dev.trackside.run;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.trackside.track.Runner;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Background work on runners, kept off the threads that deliver positions. At most one chore waits
 * for each runner; others are dropped meanwhile, as they come again. Safe for use by many threads.
 */
public final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  /** Long enough that a burst of the same chore has usually ended. */
  public static final Duration USUAL_DELAY = Duration.ofSeconds(5);

  private final Set<Runner> waiting = ConcurrentHashMap.newKeySet();
  private final Executor delayed;
  private volatile boolean closed;

  /**
   * @param delay how long {@link #startLater} waits
   */
  public Chores(Duration delay) {
    delayed =
        CompletableFuture.delayedExecutor(
            delay.toMillis(), MILLISECONDS, Thread::startVirtualThread);
  }

  void start(Runner runner, Runnable chore) {
    if (waiting.add(runner)) {
      Thread.startVirtualThread(() -> run(runner, chore));
    }
  }

  /** Starts a chore after the delay, so that one serves for a whole burst. */
  void startLater(Runner runner, Runnable chore) {
    if (waiting.add(runner)) {
      delayed.execute(() -> run(runner, chore));
    }
  }

  private void run(Runner runner, Runnable chore) {
    waiting.remove(runner);
    if (closed) {
      return;
    }
    try {
      chore.run();
    } catch (UncheckedIOException e) {
      LOG.warn("The state of {} could not be stored: {}", runner, e.getMessage());
    }
  }

  /** Starts no more chores. */
  @Override
  public void close() {
    closed = true;
  }
}
