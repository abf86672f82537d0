package dev.trackside.log;

import dev.trackside.track.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Appends that have to look up the past first. Those of one runner go one after the other, and hold
 * back later appends. Safe for use by many threads.
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

  /** Starts a lookup once the runner's earlier ones are done. */
  <T> CompletableFuture<T> add(Runner runner, int size, Supplier<CompletableFuture<T>> lookup) {
    fixes.addAndGet(size);
    var answer = new CompletableFuture<T>();
    CompletableFuture<?> before = last.put(runner, answer);
    CompletableFuture<T> found =
        before == null
            ? lookup.get()
            // Async, because if all of them fail at once this stack would be too deep.
            : before.exceptionally(_ -> null).thenComposeAsync(_ -> lookup.get());
    var _ =
        found.whenComplete(
            (result, failure) -> {
              last.remove(runner, answer);
              if (failure == null) {
                answer.complete(result);
              } else {
                answer.completeExceptionally(failure);
              }
              if (fixes.addAndGet(-size) <= MOST_FIXES) {
                tellOfRoom();
              }
            });
    return answer;
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
