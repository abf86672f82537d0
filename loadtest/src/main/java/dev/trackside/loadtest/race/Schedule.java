package dev.trackside.loadtest.race;

import java.util.Random;

/** When each position is taken and when it is due, fixed before the race begins. Immutable. */
final class Schedule {
  private static final int CYCLE_SECONDS = 60;
  private static final int SHORTEST_SECONDS = 5;
  private static final int LONGEST_SECONDS = 20;

  private final Timetable timetable;
  private final Tunnel[] tunnels;

  Schedule(Plan plan, long startMicros) {
    long periodMicros = plan.periodMicros();
    long rampMicros = plan.ramp().toNanos() / 1000;
    long rounds = 1 + (rampMicros + plan.play().toNanos() / 1000) / periodMicros;
    timetable =
        new Timetable(
            startMicros, periodMicros, rampMicros, plan.runners(), Math.toIntExact(rounds));
    tunnels = new Tunnel[plan.runners()];
    var random = new Random(plan.runners());
    int lossy = plan.runners() == 0 ? 0 : plan.lossy().of(plan.runners());
    for (int i = 0; i < tunnels.length; i++) {
      tunnels[i] = isOneOf(i, lossy) ? tunnel(random, i) : Tunnel.NONE;
    }
  }

  /** Whether a runner is one of some, spread over the field. */
  private boolean isOneOf(int runner, int count) {
    return count > 0
        && (long) (runner + 1) * count / tunnels.length > (long) runner * count / tunnels.length;
  }

  private Tunnel tunnel(Random random, int runner) {
    double rate = 1e6 / timetable.periodMicros();
    int positions = timetable.positions(runner);
    double seconds =
        Math.min(positions / rate / 4, random.nextInt(SHORTEST_SECONDS, LONGEST_SECONDS + 1));
    int length = Math.max(2, (int) Math.round(seconds * rate));
    int cycle =
        Math.clamp((long) (CYCLE_SECONDS * rate), 2 * length, Math.max(2 * length, positions / 2));
    return new Tunnel(cycle, length, random.nextInt(cycle), positions);
  }

  Timetable timetable() {
    return timetable;
  }

  Tunnel tunnel(int runner) {
    return tunnels[runner];
  }

  /** When the phone can send a position: at once, or after the tunnel. */
  long dueMicros(int runner, int number) {
    return timetable.fixMicros(runner, tunnels[runner].sentWith(number));
  }
}
