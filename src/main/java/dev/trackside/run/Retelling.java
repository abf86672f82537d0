package dev.trackside.run;

import dev.trackside.track.Runner;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells followers that other positions of a runner are shown now. A phone that hands in what is
 * hours old changes that with every fix, and each telling sends positions again: so it comes soon
 * after the first change, and ever later while changes go on. Safe for use by many threads.
 */
final class Retelling {
  /** How much later than the first telling one can be, at most. */
  private static final int LONGEST = 256;

  private static final int GROWTH = 2;

  /** The time until the next telling, and whether anything has changed since the last. */
  private record Pause(Duration time, boolean changed) {}

  private final Chores chores;
  private final Duration first;
  private final Consumer<Runner> tell;
  private final Map<Runner, Pause> pauses = new ConcurrentHashMap<>();

  /**
   * @param first how long after the first change of a runner it is told
   */
  Retelling(Chores chores, Duration first, Consumer<Runner> tell) {
    this.chores = chores;
    this.first = first;
    this.tell = tell;
  }

  /** Tells of a change at once. */
  void now(Runner runner) {
    Thread.startVirtualThread(() -> tell.accept(runner));
  }

  /** Tells of a change soon. */
  void soon(Runner runner) {
    Pause known = pauses.get(runner);
    if (known != null && known.changed) {
      return;
    }
    Pause pause =
        pauses.compute(runner, (_, one) -> new Pause(one == null ? first : one.time, true));
    if (pause.time.equals(first)) {
      endAfter(first, runner); // unless that is waiting already
    }
  }

  private void endAfter(Duration time, Runner runner) {
    chores.startIn(time, runner, Chores.Kind.TELL, () -> end(runner));
  }

  private void end(Runner runner) {
    Pause next =
        pauses.computeIfPresent(
            runner, (_, pause) -> pause.changed ? new Pause(longer(pause.time), false) : null);
    if (next != null) {
      endAfter(next.time, runner);
      tell.accept(runner);
    }
  }

  private Duration longer(Duration time) {
    return time.compareTo(first.multipliedBy(LONGEST)) < 0 ? time.multipliedBy(GROWTH) : time;
  }
}
