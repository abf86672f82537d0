package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Privacy;
import dev.trackside.access.Visibility;
import dev.trackside.call.Addressed;
import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.call.Rights;
import dev.trackside.call.ShownKey;
import dev.trackside.call.SiteAddress;
import dev.trackside.intake.Intake;
import dev.trackside.run.Runs;
import dev.trackside.setup.Endpoint;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** Claiming an id, and what its owner may change. */
final class ClaimCalls {
  private static final int LONGEST_NAME = 100;
  private static final int WIDEST_MASK_M = 5_000;
  private static final Duration SILENT = Duration.ofHours(24);

  private final TrackReader log;
  private final Intake intake;
  private final Runs runs;
  private final Access access;
  private final LinkCalls links;
  private final SiteAddress site;
  private final AppCalls apps;
  private final InstantSource clock;

  /** One claim of an id at a time: what the first erases may be the second one's already. */
  private final Set<Runner> claiming = ConcurrentHashMap.newKeySet();

  ClaimCalls(
      TrackReader log,
      Intake intake,
      Runs runs,
      Access access,
      LinkCalls links,
      AppCalls apps,
      SiteAddress site,
      InstantSource clock) {
    this.log = log;
    this.intake = intake;
    this.runs = runs;
    this.site = site;
    this.access = access;
    this.links = links;
    this.apps = apps;
    this.clock = clock;
  }

  void claim(Context ctx) {
    BodyFields fields = BodyFields.of(ctx, Set.of("id", "name", "visibility"));
    Runner runner = runner(fields);
    if (!runner.race().isEmpty() && !access.isAdmin(ShownKey.in(ctx))) {
      throw Problem.adminKey("A runner in a race is made with the admin key.", ShownKey.in(ctx));
    }
    String name = fields.text("name", 1, LONGEST_NAME).orElse(runner.id());
    Visibility visibility = visibility(fields).orElse(Visibility.LINK);
    String site = this.site.of(ctx);
    String key = Key.random();
    var claim = Claim.of(runner, name, Key.of(key).hash(), visibility, clock.millis());
    if (!claiming.add(runner)) {
      throw Problem.taken(runner);
    }
    try {
      checkFree(runner);
      if (!access.claims().claim(claim)) {
        throw Problem.taken(runner);
      }
    } finally {
      claiming.remove(runner);
    }
    ObjectNode answer = Reply.object().put("id", runner.id()).put("key", key);
    answer
        .putObject("links")
        .put("follow", toFollow(ctx, claim))
        .put("publish", site + "/run#" + key);
    apps.addTo(answer, ctx, new Endpoint(site, key, runner.id(), name));
    Reply.with(secret(ctx).status(201), answer);
  }

  /** Without the answer nobody would ever have the key: then the claim goes as well. */
  private String toFollow(Context ctx, Claim claim) {
    try {
      return links.toFollow(ctx, claim);
    } catch (UncheckedIOException e) {
      access.remove(claim.runner());
      throw e;
    }
  }

  /** What is sent holds a key: nobody may keep it. */
  private static Context secret(Context ctx) {
    return ctx.header(Header.CACHE_CONTROL, "no-store");
  }

  private static Runner runner(BodyFields fields) {
    try {
      return new Runner(fields.text("id", 1, 129).orElseGet(Key::random));
    } catch (IllegalArgumentException e) {
      throw Problem.badId(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Visibility> visibility(BodyFields fields) {
    return fields
        .text("visibility", 1, 10)
        .map(
            text ->
                switch (text) {
                  case "public" -> Visibility.PUBLIC;
                  case "link" -> Visibility.LINK;
                  default ->
                      throw Problem.badRequest(
                          "visibility must be public or link, got \"" + text + "\".");
                });
  }

  /** An open id belongs to those who use it, until it has been silent for long. */
  private void checkFree(Runner runner) {
    if (access.claims().of(runner).isPresent() || access.isInUse(runner)) {
      throw Problem.taken(runner);
    }
    List<Position> newest = log.latest(new Feed.One(runner), 1);
    if (newest.isEmpty()) {
      return;
    }
    if (clock.millis() - newest.getFirst().arrivedMs() < SILENT.toMillis()) {
      throw Problem.taken(runner);
    }
    intake.erase(runner);
  }

  void change(Context ctx) {
    Runner runner = owned(ctx);
    BodyFields fields = BodyFields.of(ctx, Set.of("name", "visibility", "mask", "sos", "finished"));
    Optional<String> name = fields.text("name", 1, LONGEST_NAME);
    Optional<Visibility> visibility = visibility(fields);
    OptionalLong maskM = fields.number("mask", 0, WIDEST_MASK_M);
    Optional<Boolean> finished = fields.flag("finished");
    Optional<Boolean> sos = fields.flag("sos");
    Optional<Claim> changed =
        access
            .claims()
            .change(
                runner,
                claim ->
                    claim.shown(
                        name.orElse(claim.name()),
                        visibility.orElse(claim.visibility()),
                        new Privacy((int) maskM.orElse(claim.privacy().maskM()))));
    if (sos.isPresent()) {
      long nowMs = clock.millis();
      changed =
          access.claims().changeRun(runner, run -> sos.get() ? run.asking(nowMs) : run.helped());
    }
    if (finished.isPresent()) {
      changed = finished.get() ? runs.finish(runner) : runs.begin(runner);
    }
    Reply.with(ctx, shown(changed.orElseThrow(() -> Problem.unclaimed(runner))));
  }

  /** Gives out another key; the one before ends with it. */
  void rotate(Context ctx) {
    Runner runner = owned(ctx);
    String key = Key.random();
    if (access.claims().change(runner, claim -> claim.rekeyed(Key.of(key).hash())).isEmpty()) {
      throw Problem.unclaimed(runner);
    }
    Reply.with(secret(ctx), Reply.object().put("id", runner.id()).put("key", key));
  }

  private Runner owned(Context ctx) {
    Runner runner = Addressed.runner(ctx);
    Rights.check(access.toManage(runner, ShownKey.in(ctx)), runner);
    if (access.claims().of(runner).isEmpty()) {
      throw Problem.unclaimed(runner);
    }
    return runner;
  }

  private static ObjectNode shown(Claim claim) {
    ObjectNode answer =
        Reply.object()
            .put("id", claim.runner().id())
            .put("name", claim.name())
            .put("visibility", claim.visibility().name().toLowerCase(Locale.ROOT))
            .put("mask", claim.privacy().maskM());
    if (claim.run().asksSinceMs() > 0) {
      answer.put("sos", claim.run().asksSinceMs());
    }
    return claim.run().finished() ? answer.put("finished", claim.run().finishedMs()) : answer;
  }
}
