package dev.trackside.support;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.MemoryRegistry;
import dev.trackside.access.Visibility;
import dev.trackside.api.Api;
import dev.trackside.call.Callers;
import dev.trackside.call.Errors;
import dev.trackside.call.SiteAddress;
import dev.trackside.caller.Limits;
import dev.trackside.caller.Origins;
import dev.trackside.caller.PublicUrl;
import dev.trackside.caller.RateLimits;
import dev.trackside.hub.Hub;
import dev.trackside.intake.Intake;
import dev.trackside.memory.MemoryBudget;
import dev.trackside.pages.PageSettings;
import dev.trackside.pages.Pages;
import dev.trackside.run.Chores;
import dev.trackside.run.HeavyWork;
import dev.trackside.run.Masks;
import dev.trackside.run.Runs;
import dev.trackside.run.Views;
import dev.trackside.sight.RunnerLists;
import dev.trackside.sight.Sights;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import io.javalin.Javalin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The rooms of the house in one process, on a log of the test's own and a registry in memory. */
public final class House implements AutoCloseable {
  public final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  public final TrackLog log;
  public final Chores chores = new Chores(Duration.ofMillis(20));
  public final Access access;
  public final Masks masks;
  public final Runs runs;
  public final Views views;
  public final MemoryBudget memory = new MemoryBudget(1L << 40);
  public final Hub hub;
  public final Intake intake;
  public final RateLimits rates =
      new RateLimits(
          new Limits(100_000, 100_000, 100_000, 1_000, 100_000, 100_000, false), System::nanoTime);
  public final Sights sights;
  public final RunnerLists lists;
  public final HeavyWork heavy;
  private final InstantSource clock;

  public House(TrackLog log) {
    this(log, InstantSource.system(), true, Duration.ofSeconds(60));
  }

  /**
   * @param open whether ids that nobody has claimed may be used
   * @param quiet after how long a runner counts as quiet
   */
  public House(TrackLog log, InstantSource clock, boolean open, Duration quiet) {
    this.log = log;
    this.clock = clock;
    heavy = new HeavyWork(clock);
    access =
        new Access(
            new MemoryRegistry(), open, Integer.MAX_VALUE, Key.of("admin").hash(), clock, timer);
    masks = new Masks(log, access.claims(), access::maskSecret, clock, chores, heavy);
    runs = new Runs(access.claims(), masks, clock, chores);
    views = new Views(log, access, masks);
    hub = new Hub(1, timer, clock, quiet, runs, memory);
    intake = new Intake(log, access, runs, clock, hub);
    sights = new Sights(hub, access, views, masks, clock, heavy);
    lists = new RunnerLists(hub, access, views, clock, heavy);
    log.tellFirst(masks);
    access.claims().watch(masks);
    access.start();
  }

  public Callers callers() {
    return new Callers(rates);
  }

  /** Claims a runner. */
  public void claim(Runner runner, String name, String key, Visibility visibility) {
    access.claims().claim(Claim.of(runner, name, Key.of(key).hash(), visibility, clock.millis()));
  }

  /** The HTTP calls and pages on a free port. */
  public Javalin serve(Set<String> origins, PageSettings pages) {
    var site = new SiteAddress(new PublicUrl(""));
    var needs = new Api.Needs(log, intake, hub, access, runs, masks, views, sights, lists, heavy);
    var api = new Api(needs, callers(), new Origins(origins), site, clock);
    var routes = new Pages(access, lists, sights, site, pages, heavy);
    return Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.http.prefer405over404 = true;
              config.jetty.host = "127.0.0.1";
              api.addTo(config.routes);
              routes.addTo(config.routes);
              new Errors(routes::sendError, access, callers()).addTo(config.routes);
            })
        .start(0);
  }

  @Override
  public void close() {
    chores.close();
    heavy.close();
    hub.close();
    timer.shutdownNow();
  }
}
