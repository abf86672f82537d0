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
 * What is to be done about a runner, but not by who brings their positions: at most one thing at a
 * time; what comes while one waits is dropped, for it comes again. Safe for use by many threads.
 */
public final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  /** Whoever waits so long mostly finds that more of the same has come in. */
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

  /** Starts it when more of the same has come in. */
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
      LOG.warn("What is known of {} could not be stored: {}", runner, e.getMessage());
    }
  }

  /** Begins nothing any more. */
  @Override
  public void close() {
    closed = true;
  }
}
