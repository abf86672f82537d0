package dev.trackside.call;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.trackside.hub.Hub;
import dev.trackside.track.TrackLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lets publishers wait while log or hub have too much to do, and sends them away when it takes
 * long. Safe for use by many threads; all who wait share one place in the log's queue.
 */
final class Gate {
  private final TrackLog log;
  private final Hub hub;
  private final Duration patience;
  private @Nullable CompletableFuture<Void> opening;

  Gate(TrackLog log, Hub hub, Duration patience) {
    this.log = log;
    this.hub = hub;
    this.patience = patience;
  }

  /**
   * Waits until there is room.
   *
   * @throws Problem when there is none for long, or nothing becomes durable at present
   */
  void pass() throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    checkTrouble();
    while (log.isFull() || hub.isCrowded()) {
      try {
        opening().get(deadline - System.nanoTime(), NANOSECONDS);
        checkTrouble();
      } catch (TimeoutException e) {
        checkTrouble();
        throw Problem.unavailable("More comes in than can be stored at present. Try again.");
      } catch (ExecutionException e) {
        throw new IllegalStateException("nobody fails it", e);
      }
    }
  }

  private void checkTrouble() {
    Optional<String> trouble = log.trouble();
    if (trouble.isPresent()) {
      throw Problem.unavailable(trouble.get());
    }
  }

  private synchronized CompletableFuture<Void> opening() {
    if (opening == null || opening.isDone()) {
      var fresh = new CompletableFuture<Void>();
      opening = fresh;
      if (log.isFull()) {
        log.whenRoom(() -> fresh.complete(null));
      } else {
        hub.whenCalm(() -> fresh.complete(null));
      }
    }
    return opening;
  }
}
