package dev.trackside.run;

import dev.trackside.track.Runner;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * A few platform threads for work that computes for milliseconds: a virtual thread that computes
 * holds its carrier, and everybody else's calls wait. Pieces are done in the order in which they
 * come. So many may wait to begin, beyond which they are refused; of work that has begun fewer
 * pieces wait at a time, so that long answers do not shut out those who come. Work for one runner
 * is limited by the CPU time that it has taken. Safe for use by many threads.
 */
public final class HeavyWork implements AutoCloseable {
  static final int MOST_WAITING = 256;
  private static final int MOST_GOING_ON = 32;

  private final ExecutorService threads;
  private final Semaphore beginning = new Semaphore(MOST_WAITING);
  private final Semaphore goingOn = new Semaphore(MOST_GOING_ON, true);
  private final WorkBudget budget;

  /** Begins with idle threads, on half of the processors. */
  public HeavyWork(InstantSource clock) {
    budget = new WorkBudget(clock);
    threads =
        Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            Thread.ofPlatform().name("heavy-", 0).daemon().factory());
  }

  /**
   * Does a piece of work, and waits for it. The work must not wait for anything, nor bring other
   * heavy work.
   *
   * @throws TooBusy when too many pieces wait already
   */
  public <T> T begin(Supplier<T> work) {
    if (!beginning.tryAcquire()) {
      throw new TooBusy(
          "%d pieces of work wait already, which is the most. Try again.".formatted(MOST_WAITING));
    }
    return done(work, beginning);
  }

  /** Does a further piece of work that has begun, as soon as there is a place. */
  public <T> T goOn(Supplier<T> work) {
    goingOn.acquireUninterruptibly();
    return done(work, goingOn);
  }

  private <T> T done(Supplier<T> work, Semaphore places) {
    try {
      return CompletableFuture.supplyAsync(work, threads).join();
    } catch (RejectedExecutionException e) {
      throw new TooBusy("The server is closing.");
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      places.release();
    }
  }

  /** How many pieces wait or are being done, of work that had not begun. */
  public int waiting() {
    return MOST_WAITING - beginning.availablePermits();
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
    threads.shutdown();
  }
}
