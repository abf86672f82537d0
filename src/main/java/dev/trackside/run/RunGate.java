package dev.trackside.run;

import dev.trackside.access.Claim;
import dev.trackside.access.RunState;
import dev.trackside.run.IdleDetector.Activity;
import dev.trackside.run.IdleDetector.Finding;
import dev.trackside.track.Fix;
import dev.trackside.track.PhoneClock;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Refuses fixes that belong to no open run: the runner has ended it, or has rested for 8 hours.
 * Safe for use by many threads.
 */
public final class RunGate {
  /** How long after a run its backlog is accepted, and how far back the backlog may reach. */
  private static final Duration BACKLOG = Duration.ofHours(24);

  private static final Optional<Verdict> TAKEN = Optional.empty();
  private static final Optional<Verdict> FINISHED =
      refused("the run is over: set finished to false to begin another");
  private static final Optional<Verdict> FORGOTTEN =
      refused(
          "the run is over, as you have not moved for 8 hours:"
              + " set finished to false to begin another");
  private static final Optional<Verdict> RESTING =
      refused("you have not moved for 8 hours: move, and you are shown again");

  private final Runs runs;
  private final InstantSource clock;
  private final IdleDetector idle = new IdleDetector();

  /**
   * The decision on fixes of one runner.
   *
   * @param refusals for each fix why it is refused; empty if it is accepted
   * @param note to be run once the accepted fixes are in the log; nothing changes before that
   */
  public record Ruling(List<Optional<Verdict>> refusals, Runnable note) {
    public boolean takesAll() {
      return refusals.stream().allMatch(Optional::isEmpty);
    }
  }

  public RunGate(Runs runs, InstantSource clock) {
    this.runs = runs;
    this.clock = clock;
  }

  private static Optional<Verdict> refused(String why) {
    return Optional.of(new Verdict.Refused(why));
  }

  /** Judges fixes of a claimed runner. Changes nothing, and may be called again. */
  public Ruling judge(Claim claim, List<Fix> fixes) {
    long nowMs = clock.millis();
    Runner runner = claim.runner();
    if (claim.run().finished()) {
      boolean masked = claim.privacy().maskM() > 0;
      return new Ruling(
          fixes.stream()
              .map(fix -> !masked && belongs(fix, claim.run(), nowMs) ? TAKEN : FINISHED)
              .toList(),
          () -> idle.forget(runner));
    }
    Finding found = idle.judge(runner, fixes, nowMs);
    return new Ruling(
        found.activities().stream().map(RunGate::refusal).toList(),
        () -> {
          found.note().run();
          if (found.activities().contains(Activity.OVER)) {
            runs.finishSoon(runner, () -> idle.forget(runner));
          }
        });
  }

  private static Optional<Verdict> refusal(Activity activity) {
    return switch (activity) {
      case UNDER_WAY -> TAKEN;
      case NOT_YET -> RESTING;
      case OVER -> FORGOTTEN;
    };
  }

  /**
   * Whether the fix is from before the end of the run, and its phone could not send it until now.
   * With a mask that is too late: the end that the mask hides would move.
   */
  private static boolean belongs(Fix fix, RunState run, long nowMs) {
    long tMs = PhoneClock.momentMs(fix.tMs(), nowMs);
    return tMs <= run.finishedMs()
        && tMs > run.finishedMs() - BACKLOG.toMillis()
        && nowMs - run.finishedMs() < BACKLOG.toMillis();
  }

  /** Refuses all fixes, of a runner who is being erased. */
  public Ruling nothingOf(List<Fix> fixes) {
    return new Ruling(fixes.stream().map(_ -> FINISHED).toList(), () -> {});
  }

  public void forget(Runner runner) {
    idle.forget(runner);
  }
}
