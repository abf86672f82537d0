package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets the spectators come, leave, come back and stop reading. For one thread. */
final class Spectators {
  private static final int SHORTEST_AWAY_MS = 500;
  private static final int LONGEST_AWAY_MS = 4_000;
  private static final int LONGEST_STALL_MS = 20_000;

  private final Plan plan;
  private final List<Spectator> spectators;
  private final ScheduledExecutorService timer;
  private final Random random = new Random(7);
  private final List<Spectator> stayers = new ArrayList<>();
  private final List<Spectator> stalled = new ArrayList<>();
  private double due;

  Spectators(Plan plan, List<Spectator> spectators, ScheduledExecutorService timer) {
    this.plan = plan;
    this.spectators = spectators;
    this.timer = timer;
    stayers.addAll(spectators);
  }

  void join(int spectator) {
    spectators.get(spectator).connection().connect();
  }

  /** Lets some stop reading, for a while or forever, and others vanish without closing. */
  void disrupt(long playMs) {
    for (int i = plan.stalled().of(spectators.size()); i > 0 && !stayers.isEmpty(); i--) {
      Spectator one = takeOne();
      if (i % 2 == 0) {
        one.stopJudging();
        one.connection().excuse();
      } else {
        stalled.add(one);
        var _ =
            timer.schedule(
                one::resumeReading, Math.min(LONGEST_STALL_MS, playMs / 3), TimeUnit.MILLISECONDS);
      }
      Connection current = one.connection().current();
      if (current != null) {
        current.pause();
      }
    }
    for (int i = plan.halfOpen().of(spectators.size()); i > 0 && !stayers.isEmpty(); i--) {
      Spectator one = takeOne();
      one.stopJudging();
      one.connection().excuse();
      Connection current = one.connection().current();
      if (current != null) {
        current.mute();
      }
    }
  }

  private Spectator takeOne() {
    return stayers.remove(random.nextInt(stayers.size()));
  }

  /** Lets as many leave as are due in a second, and come back a little later. */
  void churn() {
    due += spectators.size() * plan.churnASecond().percent() / 100;
    for (; due >= 1 && !stayers.isEmpty(); due--) {
      PersistentConnection one = stayers.get(random.nextInt(stayers.size())).connection();
      if (one.current() != null) {
        one.leave(random.nextBoolean());
        int awayMs = random.nextInt(SHORTEST_AWAY_MS, LONGEST_AWAY_MS + 1);
        var _ = timer.schedule(one::connect, awayMs, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** Brings everybody back, and lets all read. */
  void gather() {
    stayers.forEach(one -> one.connection().connect());
    stalled.forEach(Spectator::resumeReading);
  }

  Totals totals() {
    var totals = new Totals();
    spectators.forEach(one -> one.addTo(totals));
    return totals;
  }

  void leave() {
    spectators.forEach(one -> one.connection().leave(true));
  }
}
