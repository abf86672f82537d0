package dev.trackside;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Visibility;
import dev.trackside.api.Api;
import dev.trackside.caller.RateLimits;
import dev.trackside.demo.RecordedCourse;
import dev.trackside.demo.Rehearsal;
import dev.trackside.history.DataDirectory;
import dev.trackside.hub.Hub;
import dev.trackside.intake.Intake;
import dev.trackside.intake.UnusedClaims;
import dev.trackside.live.Live;
import dev.trackside.ops.Gauges;
import dev.trackside.options.Settings;
import dev.trackside.run.Chores;
import dev.trackside.run.HeavyWork;
import dev.trackside.run.Masks;
import dev.trackside.run.Runs;
import dev.trackside.run.Views;
import dev.trackside.sight.RunnerLists;
import dev.trackside.sight.Sights;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The rooms behind the wire, connected. Nothing happens before {@link #open}. */
final class Rooms implements AutoCloseable {
  final DataDirectory data;
  final InstantSource clock;
  final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("timer").daemon().factory());
  final Chores chores = new Chores(Chores.USUAL_DELAY);
  final HeavyWork heavy;
  final Access access;
  final Masks masks;
  final Runs runs;
  final Views views;
  final Hub hub;
  final Intake intake;
  final UnusedClaims unused;
  final RateLimits rates;
  final Live live;
  final Sights sights;
  final RunnerLists lists;
  final Gauges gauges = new Gauges();

  Rooms(Settings settings, DataDirectory data, InstantSource clock) {
    this.data = data;
    this.clock = clock;
    heavy = new HeavyWork(clock);
    timer.setRemoveOnCancelPolicy(true);
    access =
        new Access(
            data.registry(),
            settings.open(),
            settings.data().claims(),
            data.adminKey().hash(),
            clock,
            timer);
    masks = new Masks(data.log(), access.claims(), access::maskSecret, clock, chores, heavy);
    runs = new Runs(access.claims(), masks, clock, chores);
    views = new Views(data.log(), access, masks);
    int lanes = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    hub = new Hub(lanes, timer, clock, settings.quiet(), runs, settings.memory());
    intake = new Intake(data.log(), access, runs, clock, hub);
    unused = new UnusedClaims(data.log(), access, intake, clock, settings.data().keepUnused());
    rates = new RateLimits(settings.limits(), System::nanoTime);
    live = new Live(intake, hub, views, access, timer, settings.live());
    sights = new Sights(hub, access, views, masks, clock, heavy);
    lists = new RunnerLists(hub, access, views, clock, heavy);
    gauges
        .add("subscribers", hub::subscribers)
        .add("channels", hub::channels)
        .add("held", settings.memory()::takenBytes)
        .add("followed", data::followed)
        .add("timers", () -> timer.getQueue().size())
        .add("addresses", rates::count)
        .add("heavy", heavy::waiting)
        .addAll(intake::counts);
  }

  /** Lets everybody hear what they must know, before anything can come in. */
  void open() {
    data.log().tellFirst(masks);
    access.claims().watch(data);
    access.claims().watch(masks);
    access.start();
    hub.start();
  }

  /** Forgets what has grown old. Returns at once. */
  void sweep() {
    rates.sweep();
    unused.endSoon();
  }

  /** What the calls work on. */
  Api.Needs forCalls() {
    return new Api.Needs(data.log(), intake, hub, access, runs, masks, views, sights, lists, heavy);
  }

  /** A rehearsal that has not begun. Nobody but itself publishes as one of its runners. */
  Rehearsal rehearsal() throws IOException {
    Key key = Key.of(Key.random());
    for (Runner runner : Rehearsal.runners()) {
      var claim = Claim.of(runner, runner.id(), key.hash(), Visibility.PUBLIC, clock.millis());
      access.claims().lend(claim);
      data.log().forget(runner);
    }
    return new Rehearsal(intake, RecordedCourse.BEDFORD, clock, key);
  }

  @Override
  public void close() {
    chores.close();
    heavy.close();
    hub.close();
    timer.shutdownNow();
    data.close();
  }
}
