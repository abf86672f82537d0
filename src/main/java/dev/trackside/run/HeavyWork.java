package dev.trackside.run;

import dev.trackside.track.Runner;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * A few platform threads for work that computes for milliseconds: a virtual thread that computes
 * holds its carrier, and everybody else's calls wait. Long answers are made of such work page by
 * page, and few pages are in memory, however many callers ask for one. Callers have one turn after
 * the other ({@link Turns}, {@link FewAtOnce}). Work for one runner is limited by the CPU time that
 * it has taken. Safe for use by many threads.
 */
public final class HeavyWork implements AutoCloseable {
  static final int PAGES = 2;

  private final Turns computing;
  private final FewAtOnce pages = new FewAtOnce(PAGES);
  private final WorkBudget budget;

  /** Begins with idle threads, on half of the processors. */
  public HeavyWork(InstantSource clock) {
    budget = new WorkBudget(clock);
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    computing = new Turns(threads, Thread.ofPlatform().name("heavy-", 1).daemon());
  }

  /**
   * Runs what may ask for heavy work in the name of a caller.
   *
   * @param caller equal for all calls that share their turns
   */
  public static <X extends Throwable> void inTurnsOf(
      Object caller, ScopedValue.CallableOp<?, X> call) throws X {
    Turns.inTheNameOf(caller, call);
  }

  /**
   * Does a piece of work, and waits for it. The work must not wait for anything, nor bring other
   * heavy work.
   *
   * @throws TooBusy when too many pieces wait already
   */
  public <T> T begin(Supplier<T> work) {
    return computing.take(true, work);
  }

  /** Does a further piece of work that has begun. */
  public <T> T goOn(Supplier<T> work) {
    return computing.take(false, work);
  }

  /**
   * Makes a page of a long answer when few others are made: this may read the log and bring heavy
   * work, but must not wait for the client.
   *
   * @param first whether it is the first
   * @throws TooBusy when it is, and too many first pages wait already
   */
  public <T> T page(boolean first, Supplier<T> work) {
    return pages.take(first, work);
  }

  /** How many pieces and first pages wait. */
  public int waiting() {
    return computing.waiting() + pages.waiting();
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
    computing.close();
  }
}
