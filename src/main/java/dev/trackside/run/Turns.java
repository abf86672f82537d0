package dev.trackside.run;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A few threads that work for callers, who have one turn after the other. So many pieces may wait
 * to begin, beyond which the newest of the caller with the most is refused; work that has begun is
 * never refused. Safe for use by many threads.
 */
final class Turns implements AutoCloseable {
  static final int MOST_WAITING = 256;
  private static final ScopedValue<Object> CALLER = ScopedValue.newInstance();

  private final FairQueue queue = new FairQueue(MOST_WAITING);

  /** Begins with so many idle threads. */
  Turns(int threads, Thread.Builder builder) {
    for (int i = 0; i < threads; i++) {
      builder.start(this::work);
    }
  }

  private void work() {
    try {
      for (FairQueue.Piece next = queue.take(); next != null; next = queue.take()) {
        next.work().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs something in the name of a caller, who is equal for all that share their turns. */
  static <X extends Throwable> void inTheNameOf(Object caller, ScopedValue.CallableOp<?, X> call)
      throws X {
    ScopedValue.where(CALLER, caller).call(call);
  }

  /** The caller in whose name the current thread runs, or somebody else. */
  static Object callerOr(Object somebody) {
    return CALLER.isBound() ? CALLER.get() : somebody;
  }

  /**
   * Waits for a turn, and for the work.
   *
   * @param begins whether it may be refused
   * @throws TooBusy when it is
   */
  <T> T take(boolean begins, Supplier<T> work) {
    var result = new CompletableFuture<T>();
    queue.add(
        callerOr(result),
        new FairQueue.Piece(
            begins,
            () -> result.completeAsync(work, Runnable::run),
            () -> result.completeExceptionally(busy())));
    return await(result);
  }

  static <T> T await(CompletableFuture<T> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  static TooBusy busy() {
    return new TooBusy(
        "%d pieces of work wait already, which is the most. Try again.".formatted(MOST_WAITING));
  }

  /** How many pieces wait to begin. */
  int waiting() {
    return queue.beginning();
  }

  @Override
  public void close() {
    queue.close();
  }
}
