package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Where the spectators are: how they come, leave, come back, and stop reading. One thread. */
final class Stands {
  private static final int SHORTEST_AWAY_MS = 500;
  private static final int LONGEST_AWAY_MS = 4_000;
  private static final int LONGEST_STALL_MS = 20_000;

  private final Plan plan;
  private final List<Spectator> spectators;
  private final ScheduledExecutorService later;
  private final Random random = new Random(7);
  private final List<Spectator> stayers = new ArrayList<>();
  private final List<Spectator> stalled = new ArrayList<>();
  private double due;

  Stands(Plan plan, List<Spectator> spectators, ScheduledExecutorService later) {
    this.plan = plan;
    this.spectators = spectators;
    this.later = later;
    stayers.addAll(spectators);
  }

  void join(int spectator) {
    spectators.get(spectator).presence().come();
  }

  /** Lets some stop reading, for a while or for ever, and others vanish without a word. */
  void spoil(long playMs) {
    for (int i = plan.stalled().of(spectators.size()); i > 0 && !stayers.isEmpty(); i--) {
      Spectator one = takeOne();
      if (i % 2 == 0) {
        one.judgeNoMore();
        one.presence().excuse();
      } else {
        stalled.add(one);
        var _ =
            later.schedule(
                one::readAgain, Math.min(LONGEST_STALL_MS, playMs / 3), TimeUnit.MILLISECONDS);
      }
      Line line = one.presence().line();
      if (line != null) {
        line.pause();
      }
    }
    for (int i = plan.halfOpen().of(spectators.size()); i > 0 && !stayers.isEmpty(); i--) {
      Spectator one = takeOne();
      one.judgeNoMore();
      one.presence().excuse();
      Line line = one.presence().line();
      if (line != null) {
        line.mute();
      }
    }
  }

  private Spectator takeOne() {
    return stayers.remove(random.nextInt(stayers.size()));
  }

  /** Lets as many leave as are due in a second; they come back some moments later. */
  void churn() {
    due += spectators.size() * plan.churnASecond().percent() / 100;
    for (; due >= 1 && !stayers.isEmpty(); due--) {
      Presence one = stayers.get(random.nextInt(stayers.size())).presence();
      if (one.line() != null) {
        one.leave(random.nextBoolean());
        int awayMs = random.nextInt(SHORTEST_AWAY_MS, LONGEST_AWAY_MS + 1);
        var _ = later.schedule(one::come, awayMs, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** Nobody is away or asleep at the end. */
  void gather() {
    stayers.forEach(one -> one.presence().come());
    stalled.forEach(Spectator::readAgain);
  }

  Sum sum() {
    var sum = new Sum();
    spectators.forEach(one -> one.sum(sum));
    return sum;
  }

  void leave() {
    spectators.forEach(one -> one.presence().leave(true));
  }
}
