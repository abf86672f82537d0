package dev.trackside.run;

import dev.trackside.access.Claim;
import dev.trackside.access.Claims;
import dev.trackside.access.RunState;
import dev.trackside.track.Condition;
import dev.trackside.track.Runner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs of claimed runners: when one ends, and when another begins. Also the condition of the
 * runners. Safe for use by many threads.
 */
public final class Runs implements Condition.Source {
  /** After this long without a position, the next one belongs to another run. */
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

  /** Ends the run of a claimed runner: no more positions are accepted. */
  public Optional<Claim> finish(Runner runner) {
    return claims.changeRun(runner, run -> run.finished() ? run : masks.ended(runner, run));
  }

  /** Does {@link #finish} in the background, and then something else. */
  void finishSoon(Runner runner, Runnable then) {
    chores.start(
        runner,
        Chores.Kind.FINISH,
        () -> {
          finish(runner);
          then.run();
        });
  }

  /** Notes in the background that a claimed runner has had a position. */
  public void usedSoon(Runner runner) {
    chores.start(runner, Chores.Kind.NOTE_USE, () -> claims.change(runner, Claim::inUse));
  }

  /** Lets a claimed runner begin another run. */
  public Optional<Claim> begin(Runner runner) {
    return claims.changeRun(runner, RunState::begun);
  }

  /** Notes a sign of life from the phone of a claimed runner. */
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
