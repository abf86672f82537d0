package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Visibility;
import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.call.ShownKey;
import dev.trackside.call.SiteAddress;
import dev.trackside.intake.Intake;
import dev.trackside.setup.Endpoint;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import io.javalin.http.Context;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Claims ids.
 *
 * @param claiming the ids being claimed: a second claim must not erase what the first one owns
 */
record ClaimCalls(
    TrackReader log,
    Intake intake,
    Access access,
    LinkCalls links,
    AppCalls apps,
    SiteAddress site,
    InstantSource clock,
    Set<Runner> claiming) {
  static final int LONGEST_NAME = 100;

  private static final Duration SILENT = Duration.ofHours(24);

  void claim(Context ctx) {
    BodyFields fields = BodyFields.of(ctx, Set.of("id", "name", "visibility"));
    Runner runner = runner(fields);
    if (!runner.race().isEmpty() && !access.isAdmin(ShownKey.in(ctx))) {
      throw Problem.adminKey("A runner in a race is made with the admin key.", ShownKey.in(ctx));
    }
    String name = fields.text("name", 1, LONGEST_NAME).orElse(runner.id());
    Visibility visibility = visibility(fields).orElse(Visibility.LINK);
    String address = site.of(ctx);
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
        .put("publish", address + "/run#" + key);
    apps.addTo(answer, ctx, new Endpoint(address, key, runner.id(), name));
    Reply.secretly(ctx.status(201), answer);
  }

  /** Without the answer nobody would ever have the key, so a failure ends the claim. */
  private String toFollow(Context ctx, Claim claim) {
    try {
      return links.toFollow(ctx, claim);
    } catch (UncheckedIOException e) {
      access.remove(claim.runner());
      throw e;
    }
  }

  private static Runner runner(BodyFields fields) {
    try {
      return new Runner(fields.text("id", 1, 129).orElseGet(Key::random));
    } catch (IllegalArgumentException e) {
      throw Problem.badId(e);
    }
  }

  static Optional<Visibility> visibility(BodyFields fields) {
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

  /** An unclaimed id belongs to those who use it until it has been silent for a day. */
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
}
