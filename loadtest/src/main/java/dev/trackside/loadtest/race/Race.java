package dev.trackside.loadtest.race;

import dev.trackside.loadtest.result.Counts;
import dev.trackside.loadtest.result.Gauge;
import dev.trackside.loadtest.result.Latency;
import dev.trackside.loadtest.result.Outcome;
import dev.trackside.loadtest.result.Second;
import dev.trackside.loadtest.result.Thresholds;
import dev.trackside.loadtest.wire.Http;
import dev.trackside.loadtest.wire.Lines;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Plays a race to a server, and says what came of it. One thread. */
public final class Race {
  private static final long SETTING_OUT_MICROS = 200_000;
  private static final int LATE_MS = 50;
  private static final long SECOND_MICROS = 1_000_000;

  private final Plan plan;
  private final Thresholds thresholds;
  private final Progress progress;
  private final Tally tally = new Tally();
  private final @Nullable Gauge server;
  private volatile boolean brokenOff;

  public Race(Plan plan, Thresholds thresholds, Progress progress) {
    this.plan = plan;
    this.thresholds = thresholds;
    this.progress = progress;
    this.server = Servers.of(plan);
  }

  /**
   * Plays it from beginning to end.
   *
   * @throws IOException when it cannot begin: nobody answers, or the runners cannot be claimed
   */
  public Outcome play() throws IOException, InterruptedException {
    try (var http = new Http(plan.terms());
        Lines lines = plan.client().lines(plan.terms());
        var later = later()) {
      var claims = new Claims(plan, http);
      claims.knock();
      if (!plan.claims()) {
        claims.areNew();
      }
      var keys = new ArrayList<String>();
      try {
        if (plan.claims()) {
          claims.claim(keys);
        }
        return play(new Presence.Ways(lines, later, tally), http, keys);
      } finally {
        later.shutdownNow();
        if (!plan.keep()) {
          claims.giveBack(keys);
        }
      }
    }
  }

  /** Ends it soon; what has come until then is judged. Any thread. */
  public void breakOff() {
    brokenOff = true;
  }

  private static ScheduledThreadPoolExecutor later() {
    var later =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("later").factory());
    later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return later;
  }

  private Outcome play(Presence.Ways ways, Http http, List<String> keys)
      throws InterruptedException {
    long startMicros = (Clock.micros() + SETTING_OUT_MICROS) / 1000 * 1000;
    var programme = new Programme(plan, startMicros);
    var field = new Field(runners(programme, ways, http, keys), programme);
    long rampMicros = programme.timetable().rampMicros();
    var desk = new Spectator.Desk(plan, field, tally, startMicros + rampMicros);
    var stands = new Stands(plan, spectators(desk, ways), ways.later());
    var use = new Usage(server);
    var seconds = new Seconds(tally, server);

    Thread opening =
        Thread.ofPlatform().daemon().name("opening").start(() -> open(field, stands, programme));
    Thread pace = Thread.ofPlatform().daemon().name("pace").start(() -> run(field, programme));
    watch(stands, seconds, use, startMicros, programme.timetable());
    if (brokenOff) {
      opening.interrupt();
      pace.interrupt();
    }
    opening.join();
    pace.join();
    stands.gather();
    settle(field, stands, seconds, use);

    Sum sum = stands.sum();
    Counts counts = counts(sum);
    var outcome =
        new Outcome(
            plan.targets().getFirst().toString(),
            startMicros / 1000,
            plan.words(),
            counts,
            Latency.encode(seconds.latencies()),
            List.copyOf(seconds.list()),
            use.take(tally.delivered.sum(), plan.heap()),
            failures(counts, sum, seconds, field),
            notes());
    field.runners().forEach(Runner::leave);
    stands.leave();
    Clock.awaitMicros(Clock.micros() + SETTING_OUT_MICROS);
    return outcome;
  }

  private List<Runner> runners(
      Programme programme, Presence.Ways ways, Http http, List<String> keys) {
    var runners = new ArrayList<Runner>();
    for (int i = 0; i < plan.runners(); i++) {
      Tongue tongue = plan.tongues().get(i % plan.tongues().size());
      String key = keys.isEmpty() ? "" : keys.get(i);
      URI target = target(i);
      runners.add(
          tongue.isPhone()
              ? new PhoneRunner(
                  plan, programme, i, ways, http, tongue, Claims.base(target) + "/phone/" + key)
              : new SocketRunner(plan, programme, i, ways, target, key));
    }
    return runners;
  }

  private List<Spectator> spectators(Spectator.Desk desk, Presence.Ways ways) {
    var parts = new ArrayList<Follow>();
    double upTo = 0;
    for (Follow part : plan.follow()) {
      upTo += plan.spectators() * part.percent() / 100;
      while (parts.size() < Math.round(upTo)) {
        parts.add(part);
      }
    }
    // Who follows everyone costs most: they shall not all come at the end of the ramp.
    Collections.shuffle(parts, new Random(parts.size()));
    var spectators = new ArrayList<Spectator>();
    for (int i = 0; i < parts.size(); i++) {
      spectators.add(new Spectator(desk, i, parts.get(i), ways, target(i)));
    }
    return spectators;
  }

  private URI target(int connection) {
    return plan.targets().get(connection % plan.targets().size());
  }

  /** Lets runners and spectators come, evenly over the ramp. */
  private void open(Field field, Stands stands, Programme programme) {
    Timetable timetable = programme.timetable();
    int runners = field.runners().size();
    int spectators = plan.spectators();
    try {
      for (int runner = 0, spectator = 0; runner < runners || spectator < spectators; ) {
        if (runner < runners
            && (long) runner * spectators <= (long) spectator * runners + spectators) {
          Clock.awaitMicros(timetable.joinMicros(runner));
          field.runners().get(runner++).join();
        } else {
          Clock.awaitMicros(
              timetable.startMicros() + timetable.rampMicros() * spectator / spectators);
          stands.join(spectator++);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets every position's moment come, one after the other. */
  private void run(Field field, Programme programme) {
    Timetable timetable = programme.timetable();
    int runners = field.runners().size();
    try {
      for (int round = 0; round < timetable.rounds(); round++) {
        for (int i = 0; i < runners; i++) {
          int number = timetable.numberIn(round, i);
          if (number >= 0) {
            long dueMicros = timetable.fixMicros(i, number);
            Clock.awaitMicros(dueMicros);
            if (dueMicros > timetable.startMicros() + timetable.rampMicros()) {
              tally.latenessMicros.accumulate(Clock.micros() - dueMicros);
            }
            field.runners().get(i).reach(number);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(
      Stands stands, Seconds seconds, Usage use, long startMicros, Timetable timetable)
      throws InterruptedException {
    int all = (int) Math.ceilDiv(timetable.endMicros() - startMicros, SECOND_MICROS);
    long rampSeconds = Math.ceilDiv(timetable.rampMicros(), SECOND_MICROS);
    for (int i = 1; i <= all && !brokenOff; i++) {
      Clock.awaitMicros(startMicros + i * SECOND_MICROS);
      take(seconds, use, all);
      if (i == rampSeconds + (all - rampSeconds) / 4) {
        stands.spoil(plan.play().toMillis());
      }
      if (i > rampSeconds) {
        stands.churn();
      }
    }
  }

  private void take(Seconds seconds, Usage use, int all) {
    Second second = seconds.take();
    use.look(second.rssMib());
    progress.passed(second, all, tally.notes.lines().size());
  }

  /** Waits for what is still on its way. */
  private void settle(Field field, Stands stands, Seconds seconds, Usage use)
      throws InterruptedException {
    long endMicros = Clock.micros() + plan.patience().toNanos() / 1000;
    while (Clock.micros() < endMicros) {
      boolean answered = tally.acknowledged.sum() >= tally.sent.sum();
      if ((brokenOff ? answered : field.isDone()) && stands.sum().lost() == 0) {
        break;
      }
      Clock.awaitMicros(Clock.micros() + SECOND_MICROS / 5);
      if (seconds.isOver()) {
        take(seconds, use, seconds.list().size() + 1);
      }
    }
    take(seconds, use, seconds.list().size() + 1);
  }

  private Counts counts(Sum sum) {
    return new Counts(
        tally.connections.sum(),
        tally.refused.sum(),
        tally.broken.sum(),
        tally.reconnects.sum(),
        tally.sent.sum(),
        tally.acknowledged.sum(),
        sum.delivered() + sum.lost() + sum.skipped(),
        sum.delivered(),
        sum.lost(),
        sum.duplicates(),
        tally.disordered.sum(),
        sum.skipped());
  }

  private List<String> notes() {
    var notes = new ArrayList<>(tally.notes.lines());
    long latenessMs = tally.latenessMicros.get() / 1000;
    if (latenessMs > LATE_MS) {
      notes.add(
          "the load test was itself %,d ms late with what was due: this machine is too small, or"
                  .formatted(latenessMs)
              + " others use it");
    }
    return notes;
  }

  private List<String> failures(Counts counts, Sum sum, Seconds seconds, Field field) {
    var failures = new ArrayList<>(thresholds.missed(counts, seconds.latencies()));
    if (brokenOff) {
      failures.add("it was broken off");
      return failures;
    }
    long unsent = field.positions() - counts.sent();
    if (unsent > 0) {
      failures.add("%,d of %,d positions never left".formatted(unsent, field.positions()));
    }
    long absent = field.sockets() + plan.spectators() - counts.connections();
    if (absent > thresholds.refused()) {
      failures.add("%,d connections never came about".formatted(absent));
    }
    if (sum.oversaid() > 0) {
      failures.add(sum.oversaid() + " positions came that were said to be left out");
    }
    return failures;
  }
}
