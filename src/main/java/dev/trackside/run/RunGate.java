package dev.trackside.run;

import dev.trackside.access.Claim;
import dev.trackside.access.RunState;
import dev.trackside.run.IdleDetector.Finding;
import dev.trackside.run.IdleDetector.State;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Says which fixes belong to no run that is open: the runner has ended it, or rests for 8 hours.
 * Safe for use by many threads.
 */
public final class RunGate {
  /** How long after a run its backlog is taken, and how far back that may reach. */
  private static final Duration BACKLOG = Duration.ofHours(24);

  private static final Optional<Verdict> TAKEN = Optional.empty();
  private static final Optional<Verdict> FINISHED =
      refused("the run is over: set finished to false to begin another");
  private static final Optional<Verdict> RESTING =
      refused("you have not moved for 8 hours: move, and you are shown again");

  private final Runs runs;
  private final InstantSource clock;
  private final IdleDetector idle = new IdleDetector();

  /**
   * What is to happen to fixes of one runner.
   *
   * @param refusals why each is not taken; empty for those that are
   * @param note to be run once the others are with the log: until then nothing has changed
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

  /** Judges fixes of a claimed runner. Changes nothing, and may be asked again. */
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
        found.states().stream().map(RunGate::refusal).toList(), () -> note(runner, found));
  }

  private void note(Runner runner, Finding found) {
    idle.note(found);
    if (found.states().contains(State.OVER)) {
      runs.finishSoon(runner);
    }
  }

  private static Optional<Verdict> refusal(State state) {
    return switch (state) {
      case UNDER_WAY -> TAKEN;
      case NOT_YET -> RESTING;
      case OVER -> FINISHED;
    };
  }

  /**
   * Whether a phone has taken it before the run ended, and could not send it until now. Where a
   * mask hides the end it is too late: the end as it is known would be another one.
   */
  private static boolean belongs(Fix fix, RunState run, long nowMs) {
    return fix.hasTime()
        && fix.tMs() <= run.finishedMs()
        && fix.tMs() > run.finishedMs() - BACKLOG.toMillis()
        && nowMs - run.finishedMs() < BACKLOG.toMillis();
  }

  /** What is taken of a runner who is being erased: nothing. */
  public Ruling nothingOf(List<Fix> fixes) {
    return new Ruling(fixes.stream().map(_ -> FINISHED).toList(), () -> {});
  }

  public void forget(Runner runner) {
    idle.forget(runner);
  }
}
