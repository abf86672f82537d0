package dev.trackside.intake;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.trackside.track.Capacity;
import dev.trackside.track.TrackLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The capacity of the log and of what follows it. Makes publishers wait while either is full, and
 * turns them away when that takes long. Safe for use by many threads; all waiting threads share one
 * place in the queues.
 */
final class Downstream implements Capacity {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final TrackLog log;
  private final Capacity behind;
  private @Nullable CountDownLatch opening;

  Downstream(TrackLog log, Capacity behind) {
    this.log = log;
    this.behind = behind;
  }

  private @Nullable Capacity full() {
    if (log.isFull()) {
      return log;
    }
    return behind.isFull() ? behind : null;
  }

  @Override
  public boolean isFull() {
    return full() != null;
  }

  @Override
  public void whenRoom(Runnable action) {
    Capacity full = full();
    if (full == null) {
      action.run();
    } else {
      full.whenRoom(action);
    }
  }

  /**
   * Waits until there is room.
   *
   * @throws Unavailable when there is none for long, or nothing becomes durable at present
   */
  void awaitRoom() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    checkTrouble();
    while (isFull()) {
      boolean opened = opening().await(deadline - System.nanoTime(), NANOSECONDS);
      checkTrouble();
      if (!opened) {
        throw new Unavailable("More comes in than can be stored at present. Try again.");
      }
    }
  }

  private void checkTrouble() {
    Optional<String> why = log.trouble();
    if (why.isPresent()) {
      throw new Unavailable(why.get());
    }
  }

  private synchronized CountDownLatch opening() {
    if (opening == null || opening.getCount() == 0) {
      var fresh = new CountDownLatch(1);
      opening = fresh;
      whenRoom(fresh::countDown);
    }
    return opening;
  }
}
