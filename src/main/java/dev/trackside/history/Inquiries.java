package dev.trackside.history;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.trackside.track.Runner;
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
final class Inquiries {
  private static final int MOST_FIXES = 32_768;

  private final Map<Runner, CompletableFuture<?>> last = new ConcurrentHashMap<>();
  private final AtomicInteger fixes = new AtomicInteger();

  boolean holdBack(Runner runner) {
    return last.containsKey(runner);
  }

  boolean isFull() {
    return fixes.get() > MOST_FIXES;
  }

  /** Begins an inquiry once those before it are done. */
  <T> CompletableFuture<T> add(Runner runner, int size, Supplier<CompletableFuture<T>> inquiry) {
    fixes.addAndGet(size);
    var answer = new CompletableFuture<T>();
    CompletableFuture<?> before = last.put(runner, answer);
    CompletableFuture<?> start = before == null ? completedFuture(null) : before;
    var _ =
        start
            .exceptionally(_ -> null)
            .thenCompose(_ -> inquiry.get())
            .whenComplete((found, failure) -> end(runner, size, answer, found, failure));
    return answer;
  }

  private <T> void end(
      Runner runner, int size, CompletableFuture<T> answer, T found, @Nullable Throwable failure) {
    fixes.addAndGet(-size);
    last.remove(runner, answer);
    if (failure == null) {
      answer.complete(found);
    } else {
      answer.completeExceptionally(failure);
    }
  }
}
