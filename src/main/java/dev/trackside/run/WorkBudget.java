package dev.trackside.run;

import dev.trackside.track.Runner;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * How much CPU time work for each runner has taken: 20 ms a second in the long run, and 1 s at
 * once. Work begins as long as less than that is owed, and may then take longer; it is paid back
 * before the next begins. Of more runners than it holds, those who owe nothing are forgotten first,
 * then the one who was asked for longest ago. Safe for use by many threads.
 */
final class WorkBudget {
  static final int MS_A_SECOND = 20;

  private static final double NANOS_A_MS = MS_A_SECOND * 1e3;
  private static final double MOST_OWED_NANOS = 1e9;
  private static final int MOST = 1_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private record Debt(double nanos, long sinceMs) {
    double at(long nowMs) {
      return Math.max(0, nanos - Math.max(0, nowMs - sinceMs) * NANOS_A_MS);
    }
  }

  private final InstantSource clock;
  private final SequencedMap<Runner, Debt> debts = new LinkedHashMap<>(16, 0.75f, true);

  WorkBudget(InstantSource clock) {
    this.clock = clock;
  }

  synchronized boolean allows(Runner runner) {
    return owedNanos(runner, clock.millis()) < MOST_OWED_NANOS;
  }

  /** What a runner owes. If the clock has been set back, the debt is paid from now on. */
  private double owedNanos(Runner runner, long nowMs) {
    Debt debt = debts.get(runner);
    if (debt == null) {
      return 0;
    }
    if (debt.sinceMs > nowMs) {
      debts.put(runner, new Debt(debt.nanos, nowMs));
    }
    return debt.at(nowMs);
  }

  synchronized void spend(Runner runner, long nanos) {
    long nowMs = clock.millis();
    debts.put(runner, new Debt(owedNanos(runner, nowMs) + nanos, nowMs));
    if (debts.size() > MOST) {
      debts.values().removeIf(debt -> debt.at(nowMs) == 0);
    }
    if (debts.size() > MOST) {
      debts.pollFirstEntry();
    }
  }

  /** Does work, on a platform thread, and counts the CPU time that it takes. */
  <T> T counted(Runner runner, Supplier<T> work) {
    long before = THREADS.getCurrentThreadCpuTime();
    try {
      return work.get();
    } finally {
      spend(runner, THREADS.getCurrentThreadCpuTime() - before);
    }
  }
}
