package dev.trackside.history;

import dev.trackside.track.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends that must look into the past first. Those of one runner go one after the other, and keep
 * back what comes after them. Safe for use by many threads.
 */
final class PendingLookups {
  private static final int MOST_FIXES = 32_768;

  private final Map<Runner, CompletableFuture<?>> last = new ConcurrentHashMap<>();
  private final AtomicInteger fixes = new AtomicInteger();
  private final List<Runnable> wantRoom = new ArrayList<>();

  boolean holdBack(Runner runner) {
    return last.containsKey(runner);
  }

  boolean isFull() {
    return fixes.get() > MOST_FIXES;
  }

  void whenRoom(Runnable action) {
    synchronized (wantRoom) {
      if (isFull()) {
        wantRoom.add(action);
        return;
      }
    }
    action.run();
  }

  /** Begins an inquiry once those before it are done. */
  <T> CompletableFuture<T> add(Runner runner, int size, Supplier<CompletableFuture<T>> inquiry) {
    fixes.addAndGet(size);
    var answer = new CompletableFuture<T>();
    CompletableFuture<?> before = last.put(runner, answer);
    CompletableFuture<T> found =
        before == null
            ? inquiry.get()
            // Not on this stack: when all of them fail at once it would be too deep.
            : before.exceptionally(_ -> null).thenComposeAsync(_ -> inquiry.get());
    var _ = found.whenComplete((it, failure) -> end(runner, size, answer, it, failure));
    return answer;
  }

  private <T> void end(
      Runner runner, int size, CompletableFuture<T> answer, T found, @Nullable Throwable failure) {
    last.remove(runner, answer);
    if (failure == null) {
      answer.complete(found);
    } else {
      answer.completeExceptionally(failure);
    }
    if (fixes.addAndGet(-size) <= MOST_FIXES) {
      tellOfRoom();
    }
  }

  private void tellOfRoom() {
    List<Runnable> actions;
    synchronized (wantRoom) {
      actions = List.copyOf(wantRoom);
      wantRoom.clear();
    }
    actions.forEach(Runnable::run);
  }
}
