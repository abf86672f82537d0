package dev.trackside.phone;

import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * The times of alarms, as phones gave them, so that one that is sent once more is known again,
 * however wrong the clock: the newest {@value #MOST_EACH} of each of the {@value #MOST_RUNNERS}
 * runners who raised one last. In memory only. Safe for use by many threads.
 */
final class AlarmTimes {
  private static final int MOST_EACH = 20;
  private static final int MOST_RUNNERS = 1_000;
  private static final SequencedSet<Long> NONE = new LinkedHashSet<>();

  private final SequencedMap<Runner, SequencedSet<Long>> known =
      new LinkedHashMap<>(16, 0.75f, true);

  /** Whether an alarm came before. One without a time never did. */
  synchronized boolean knows(Runner runner, long givenMs) {
    return known.getOrDefault(runner, NONE).contains(givenMs);
  }

  synchronized void note(Runner runner, long givenMs) {
    if (givenMs == Fix.NO_TIME) {
      return;
    }
    SequencedSet<Long> times = known.computeIfAbsent(runner, _ -> new LinkedHashSet<>());
    times.add(givenMs);
    if (times.size() > MOST_EACH) {
      times.removeFirst();
    }
    if (known.size() > MOST_RUNNERS) {
      known.pollFirstEntry();
    }
  }

  synchronized void forget(Runner runner) {
    known.remove(runner);
  }
}
