package dev.trackside.loadtest.race;

import dev.trackside.loadtest.result.Counts;
import dev.trackside.loadtest.result.Gauge;
import dev.trackside.loadtest.result.Latency;
import dev.trackside.loadtest.result.Outcome;
import dev.trackside.loadtest.result.Second;
import dev.trackside.loadtest.result.Thresholds;
import dev.trackside.loadtest.wire.Connector;
import dev.trackside.loadtest.wire.Http;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Plays a race to a server. For one thread. */
public final class Race {
  private static final long SETTING_OUT_MICROS = 200_000;
  private static final int LATE_MS = 50;
  private static final long SECOND_MICROS = 1_000_000;

  private final Plan plan;
  private final Thresholds thresholds;
  private final Progress progress;
  private final Tally tally = new Tally();
  private final @Nullable Gauge server;
  private volatile boolean interrupted;

  public Race(Plan plan, Thresholds thresholds, Progress progress) {
    this.plan = plan;
    this.thresholds = thresholds;
    this.progress = progress;
    this.server = LocalServer.of(plan);
  }

  /**
   * Plays the race from beginning to end.
   *
   * @throws IOException when it cannot begin: no server answers, or the runners cannot be claimed
   */
  public Outcome play() throws IOException, InterruptedException {
    try (var http = new Http(plan.connectOptions());
        Connector connector = plan.client().connector(plan.connectOptions());
        var timer = timer()) {
      var claims = new Claims(plan, http);
      claims.checkReachable();
      if (!plan.claims()) {
        claims.checkUnused();
      }
      var keys = new ArrayList<String>();
      try {
        if (plan.claims()) {
          claims.claim(keys);
        }
        return play(new PersistentConnection.Context(connector, timer, tally), http, keys);
      } finally {
        timer.shutdownNow();
        if (!plan.keep()) {
          claims.release(keys);
        }
      }
    }
  }

  /** Ends the race early; the result covers what has happened until then. Thread-safe. */
  public void interrupt() {
    interrupted = true;
  }

  private static ScheduledThreadPoolExecutor timer() {
    var timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("timer").factory());
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return timer;
  }

  private Outcome play(PersistentConnection.Context context, Http http, List<String> keys)
      throws InterruptedException {
    long startMicros = (Clock.micros() + SETTING_OUT_MICROS) / 1000 * 1000;
    var schedule = new Schedule(plan, startMicros);
    var field = new Field(runners(schedule, context, http, keys), schedule);
    long rampMicros = schedule.timetable().rampMicros();
    var shared = new Spectator.Shared(plan, field, tally, startMicros + rampMicros);
    var spectators = new Spectators(plan, spectators(shared, context), context.timer());
    var usage = new UsageMeter(server);
    var timeline = new Timeline(tally, server);

    Thread opening =
        Thread.ofPlatform().daemon().name("opening").start(() -> open(field, spectators, schedule));
    Thread pace = Thread.ofPlatform().daemon().name("pace").start(() -> run(field, schedule));
    watch(spectators, timeline, usage, startMicros, schedule.timetable());
    if (interrupted) {
      opening.interrupt();
      pace.interrupt();
    }
    opening.join();
    pace.join();
    spectators.gather();
    settle(field, spectators, timeline, usage);

    Totals totals = spectators.totals();
    Counts counts = counts(totals);
    var outcome =
        new Outcome(
            plan.targets().getFirst().toString(),
            startMicros / 1000,
            plan.words(),
            counts,
            Latency.encode(timeline.latencies()),
            List.copyOf(timeline.list()),
            usage.take(tally.delivered.sum(), plan.heap()),
            failures(counts, totals, timeline, field),
            notes());
    field.runners().forEach(Runner::leave);
    spectators.leave();
    Clock.awaitMicros(Clock.micros() + SETTING_OUT_MICROS);
    return outcome;
  }

  private List<Runner> runners(
      Schedule schedule, PersistentConnection.Context context, Http http, List<String> keys) {
    var runners = new ArrayList<Runner>();
    for (int i = 0; i < plan.runners(); i++) {
      RunnerProtocol protocol = plan.protocols().get(i % plan.protocols().size());
      String key = keys.isEmpty() ? "" : keys.get(i);
      URI target = target(i);
      runners.add(
          protocol.isPhone()
              ? new PhoneRunner(
                  plan, schedule, i, context, http, protocol, Claims.base(target) + "/phone/" + key)
              : new SocketRunner(plan, schedule, i, context, target, key));
    }
    return runners;
  }

  private List<Spectator> spectators(
      Spectator.Shared shared, PersistentConnection.Context context) {
    var parts = new ArrayList<Follow>();
    double upTo = 0;
    for (Follow part : plan.follow()) {
      upTo += plan.spectators() * part.percent() / 100;
      while (parts.size() < Math.round(upTo)) {
        parts.add(part);
      }
    }
    // Those who follow everyone cost most, so they must not all come at the end of the ramp.
    Collections.shuffle(parts, new Random(parts.size()));
    var spectators = new ArrayList<Spectator>();
    for (int i = 0; i < parts.size(); i++) {
      spectators.add(new Spectator(shared, i, parts.get(i), context, target(i)));
    }
    return spectators;
  }

  private URI target(int connection) {
    return plan.targets().get(connection % plan.targets().size());
  }

  /** Lets runners and spectators connect, evenly over the ramp. */
  private void open(Field field, Spectators spectators, Schedule schedule) {
    Timetable timetable = schedule.timetable();
    int runners = field.runners().size();
    int watching = plan.spectators();
    try {
      for (int runner = 0, spectator = 0; runner < runners || spectator < watching; ) {
        if (runner < runners && (long) runner * watching <= (long) spectator * runners + watching) {
          Clock.awaitMicros(timetable.joinMicros(runner));
          field.runners().get(runner++).join();
        } else {
          Clock.awaitMicros(
              timetable.startMicros() + timetable.rampMicros() * spectator / watching);
          spectators.join(spectator++);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the runners take every position at its time. */
  private void run(Field field, Schedule schedule) {
    Timetable timetable = schedule.timetable();
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
      Spectators spectators,
      Timeline timeline,
      UsageMeter usage,
      long startMicros,
      Timetable timetable)
      throws InterruptedException {
    int all = (int) Math.ceilDiv(timetable.endMicros() - startMicros, SECOND_MICROS);
    long rampSeconds = Math.ceilDiv(timetable.rampMicros(), SECOND_MICROS);
    for (int i = 1; i <= all && !interrupted; i++) {
      Clock.awaitMicros(startMicros + i * SECOND_MICROS);
      take(timeline, usage, all);
      if (i == rampSeconds + (all - rampSeconds) / 4) {
        spectators.disrupt(plan.play().toMillis());
      }
      if (i > rampSeconds) {
        spectators.churn();
      }
    }
  }

  private void take(Timeline timeline, UsageMeter usage, int all) {
    Second second = timeline.take();
    usage.look(second.rssMib());
    progress.passed(second, all, tally.notes.lines().size());
  }

  /** Waits for positions on their way. */
  private void settle(Field field, Spectators spectators, Timeline timeline, UsageMeter usage)
      throws InterruptedException {
    long endMicros = Clock.micros() + plan.patience().toNanos() / 1000;
    while (Clock.micros() < endMicros) {
      boolean answered = tally.acknowledged.sum() >= tally.sent.sum();
      if ((interrupted ? answered : field.isDone()) && spectators.totals().lost() == 0) {
        break;
      }
      Clock.awaitMicros(Clock.micros() + SECOND_MICROS / 5);
      if (timeline.isOver()) {
        take(timeline, usage, timeline.list().size() + 1);
      }
    }
    take(timeline, usage, timeline.list().size() + 1);
  }

  private Counts counts(Totals totals) {
    return new Counts(
        tally.connections.sum(),
        tally.refused.sum(),
        tally.broken.sum(),
        tally.reconnects.sum(),
        tally.sent.sum(),
        tally.acknowledged.sum(),
        totals.delivered() + totals.lost() + totals.skipped(),
        totals.delivered(),
        totals.lost(),
        totals.duplicates(),
        tally.disordered.sum(),
        totals.skipped());
  }

  private List<String> notes() {
    var notes = new ArrayList<>(tally.notes.lines());
    long latenessMs = tally.latenessMicros.get() / 1000;
    if (latenessMs > LATE_MS) {
      notes.add(
          "the load test itself was up to %,d ms late: this machine is too small or too busy"
              .formatted(latenessMs));
    }
    return notes;
  }

  private List<String> failures(Counts counts, Totals totals, Timeline timeline, Field field) {
    var failures = new ArrayList<>(thresholds.missed(counts, timeline.latencies()));
    if (interrupted) {
      failures.add("it was interrupted");
      return failures;
    }
    long unsent = field.positions() - counts.sent();
    if (unsent > 0) {
      failures.add("%,d of %,d positions were never sent".formatted(unsent, field.positions()));
    }
    long absent = field.sockets() + plan.spectators() - counts.connections();
    if (absent > thresholds.refused()) {
      failures.add("%,d connections never opened".formatted(absent));
    }
    if (totals.skippedButCame() > 0) {
      failures.add(totals.skippedButCame() + " positions arrived that were announced as skipped");
    }
    return failures;
  }
}
