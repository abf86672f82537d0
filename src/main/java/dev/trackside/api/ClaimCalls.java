package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Visibility;
import dev.trackside.api.RepeatableClaims.Made;
import dev.trackside.call.Callers;
import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.call.ShownKey;
import dev.trackside.call.SiteAddress;
import dev.trackside.intake.Intake;
import dev.trackside.setup.Endpoint;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Quoted;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import io.javalin.http.Context;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
    Callers callers,
    RepeatableClaims repeatable,
    InstantSource clock,
    Set<Runner> claiming) {
  static final int LONGEST_NAME = 100;

  private static final String NAME = "Idempotency-Key";
  private static final Pattern NAMES = Pattern.compile("\"?([!#-~]{1,128})\"?");
  private static final Duration SILENT = Duration.ofHours(24);

  void claim(Context ctx) {
    BodyFields fields = BodyFields.of(ctx, Set.of("id", "name", "visibility"));
    Optional<String> id = fields.text("id", 1, 129);
    Runner asked = id.map(ClaimCalls::runner).orElse(null);
    if (asked != null && !asked.race().isEmpty() && !access.isAdmin(ShownKey.in(ctx))) {
      throw Problem.adminKey("A runner in a race is made with the admin key.", ShownKey.in(ctx));
    }
    Optional<String> name = fields.text("name", 1, LONGEST_NAME);
    Visibility visibility = visibility(fields).orElse(Visibility.LINK);
    String address = site.of(ctx);
    RepeatableClaims.Name repeated = nameOf(ctx);
    Supplier<Made> claim =
        () -> {
          Runner runner = asked == null ? runner(Key.random()) : asked;
          return claimed(ctx, runner, name.orElse(runner.id()), visibility);
        };
    Made made =
        repeated == null
            ? claim.get()
            : repeatable.get(repeated, fields.asJson(), this::isValid, claim);
    Runner runner = made.runner();
    ObjectNode answer = Reply.object().put("id", runner.id()).put("key", made.key());
    answer
        .putObject("links")
        .put("follow", made.follow())
        .put("publish", address + "/run#" + made.key());
    var endpoint = new Endpoint(address, made.key(), runner.id(), name.orElse(runner.id()));
    answer.set("apps", apps.ofNew(ctx, endpoint));
    Reply.secretly(ctx.status(201), answer);
  }

  /** What a call that may be repeated is recognised by; null if it may not. */
  private RepeatableClaims.@Nullable Name nameOf(Context ctx) {
    String header = ctx.header(NAME);
    if (header == null) {
      return null;
    }
    Matcher name = NAMES.matcher(header.strip());
    if (!name.matches()) {
      throw Problem.badRequest(
          NAME
              + " must be 1 to 128 printable characters in quotes, got "
              + Quoted.plain(header, 40));
    }
    Key shown = ShownKey.in(ctx);
    return new RepeatableClaims.Name(
        name.group(1), callers.of(ctx).countedAs(), shown == null ? null : shown.hash());
  }

  /** Whether a claim has not been erased and has its first key. */
  private boolean isValid(Made made) {
    return access
        .claims()
        .by(Key.of(made.key()))
        .filter(claim -> claim.runner().equals(made.runner()))
        .isPresent();
  }

  private Made claimed(Context ctx, Runner runner, String name, Visibility visibility) {
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
    return new Made(runner, key, toFollow(ctx, claim));
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

  private static Runner runner(String id) {
    try {
      return new Runner(id);
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
    int most = access.claims().most();
    if (access.claims().all().size() + claiming.size() > most) { // with those under way
      throw Problem.notAllowed(
          "At most %d runners may be claimed, and %s is one more: try again in some days."
              .formatted(most, runner));
    }
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
