package dev.trackside.run;

import dev.trackside.access.Claim;
import dev.trackside.access.Claims;
import dev.trackside.track.Condition;
import dev.trackside.track.Runner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs of claimed runners: they end when somebody says so or the runner rests too long, and
 * another begins. Also what is known of runners beside their positions. Safe for use by many
 * threads.
 */
public final class Runs implements Condition.Source {
  /** After so long without a position the next one belongs to another run. */
  public static final Duration SILENCE = Duration.ofHours(2);

  static final long SILENCE_MS = SILENCE.toMillis();

  private final Claims claims;
  private final Masks masks;
  private final InstantSource clock;
  private final Chores chores;
  private final Map<Runner, Long> contactsMs = new ConcurrentHashMap<>();

  public Runs(Claims claims, Masks masks, InstantSource clock, Chores chores) {
    this.claims = claims;
    this.masks = masks;
    this.clock = clock;
    this.chores = chores;
    claims.whenRemoved(contactsMs::remove);
  }

  /** Ends the run of a claimed runner: from now on nothing of theirs is taken. */
  public Optional<Claim> finish(Runner runner) {
    return claims.changeRun(
        runner, run -> run.finished() ? run : masks.endRun(runner, run).ended(clock.millis()));
  }

  /** {@link #finish} soon. Returns at once. */
  public void finishSoon(Runner runner) {
    chores.start(runner, () -> finish(runner));
  }

  /** Lets a claimed runner begin another run. */
  public Optional<Claim> begin(Runner runner) {
    return claims.changeRun(runner, run -> run.begun());
  }

  /** Takes note of a sign of life from the phone of a claimed runner. */
  public void contact(Runner runner) {
    contactsMs.put(runner, clock.millis());
    if (claims.of(runner).isEmpty()) {
      contactsMs.remove(runner); // erased meanwhile
    }
  }

  @Override
  public Condition of(Runner runner) {
    Claim claim = claims.of(runner).orElse(null);
    return claim == null
        ? Condition.UNKNOWN
        : new Condition(
            contactsMs.getOrDefault(runner, 0L),
            claim.run().asksSinceMs(),
            claim.run().finishedMs());
  }
}
