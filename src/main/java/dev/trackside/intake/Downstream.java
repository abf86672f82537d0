package dev.trackside.intake;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.trackside.track.Capacity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets publishers wait while what stands behind the door has too much to do, and sends them away
 * when it takes long. Safe for use by many threads; all who wait share one place in its queues.
 */
final class Downstream implements Capacity {
  private final List<Capacity> behind;
  private final Supplier<Optional<String>> trouble;
  private final Duration patience;
  private @Nullable CompletableFuture<Void> opening;

  /**
   * @param behind what fixes and positions flow through
   * @param trouble why nothing becomes durable at present, if so
   */
  Downstream(List<Capacity> behind, Supplier<Optional<String>> trouble, Duration patience) {
    this.behind = behind;
    this.trouble = trouble;
    this.patience = patience;
  }

  private @Nullable Capacity full() {
    for (Capacity one : behind) {
      if (one.isFull()) {
        return one;
      }
    }
    return null;
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
    long deadline = System.nanoTime() + patience.toNanos();
    checkTrouble();
    while (isFull()) {
      try {
        opening().get(deadline - System.nanoTime(), NANOSECONDS);
        checkTrouble();
      } catch (TimeoutException e) {
        checkTrouble();
        throw new Unavailable("More comes in than can be stored at present. Try again.");
      } catch (ExecutionException e) {
        throw new IllegalStateException("nobody fails it", e);
      }
    }
  }

  private void checkTrouble() {
    Optional<String> why = trouble.get();
    if (why.isPresent()) {
      throw new Unavailable(why.get());
    }
  }

  private synchronized CompletableFuture<Void> opening() {
    if (opening == null || opening.isDone()) {
      var fresh = new CompletableFuture<Void>();
      opening = fresh;
      whenRoom(() -> fresh.complete(null));
    }
    return opening;
  }
}
