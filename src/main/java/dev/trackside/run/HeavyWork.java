package dev.trackside.run;

import dev.trackside.track.Runner;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A few platform threads for work that computes for milliseconds: a virtual thread that computes
 * holds its carrier, and everybody else's calls wait. Callers have one turn after the other; so
 * many pieces may wait to begin, beyond which the newest of the caller with the most is refused.
 * Work that has begun is never refused, and each call brings one piece at a time. Work for one
 * runner is limited by the CPU time that it has taken. Safe for use by many threads.
 */
public final class HeavyWork implements AutoCloseable {
  static final int MOST_WAITING = 256;
  private static final ScopedValue<Object> CALLER = ScopedValue.newInstance();

  private final FairQueue queue = new FairQueue(MOST_WAITING);
  private final WorkBudget budget;

  /** Begins with idle threads, on half of the processors. */
  public HeavyWork(InstantSource clock) {
    budget = new WorkBudget(clock);
    for (int i = Math.max(1, Runtime.getRuntime().availableProcessors() / 2); i > 0; i--) {
      Thread.ofPlatform().name("heavy-" + i).daemon().start(this::work);
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

  /**
   * Runs what may ask for heavy work in the name of a caller.
   *
   * @param caller equal for all calls that share their turns
   */
  public static <X extends Throwable> void inTurnsOf(
      Object caller, ScopedValue.CallableOp<?, X> call) throws X {
    ScopedValue.where(CALLER, caller).call(call);
  }

  /**
   * Does a piece of work, and waits for it. The work must not wait for anything, nor bring other
   * heavy work.
   *
   * @throws TooBusy when too many pieces wait already
   */
  public <T> T begin(Supplier<T> work) {
    return done(true, work);
  }

  /** Does a further piece of work that has begun. */
  public <T> T goOn(Supplier<T> work) {
    return done(false, work);
  }

  private <T> T done(boolean begins, Supplier<T> work) {
    var result = new CompletableFuture<T>();
    var piece =
        new FairQueue.Piece(
            begins,
            () -> result.completeAsync(work, Runnable::run),
            () -> result.completeExceptionally(busy()));
    queue.add(CALLER.isBound() ? CALLER.get() : piece, piece);
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static TooBusy busy() {
    return new TooBusy(
        "%d pieces of work wait already, which is the most. Try again.".formatted(MOST_WAITING));
  }

  /** How many pieces wait to begin. */
  public int waiting() {
    return queue.beginning();
  }

  /** Whether a runner's share of CPU time is not used up. */
  public boolean mayWorkFor(Runner runner) {
    return budget.allows(runner);
  }

  /** Begins work for a runner, and counts the CPU time that it takes. */
  public <T> T beginFor(Runner runner, Supplier<T> work) {
    return begin(() -> budget.counted(runner, work));
  }

  /** Goes on with work for a runner, and counts the CPU time that it takes. */
  <T> T goOnFor(Runner runner, Supplier<T> work) {
    return goOn(() -> budget.counted(runner, work));
  }

  /** The same for work without a result. */
  void goOnFor(Runner runner, Runnable work) {
    goOnFor(
        runner,
        () -> {
          work.run();
          return true;
        });
  }

  /** Throws {@link TooBusy} when a runner's share is used up. */
  public void checkShare(Runner runner) {
    if (!budget.allows(runner)) {
      throw new TooBusy(
          "%s has used up their share of the server, %d ms a second. Try again."
              .formatted(runner, WorkBudget.MS_A_SECOND));
    }
  }

  /** Counts CPU time that work for a runner takes elsewhere. */
  void count(Runner runner, long nanos) {
    budget.spend(runner, nanos);
  }

  @Override
  public void close() {
    queue.close();
  }
}
