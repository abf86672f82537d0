package dev.trackside.access;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A log that takes nothing new from a runner whose run is over: he said so, or rests for 8 hours.
 * Safe for use by many threads.
 */
public final class Gatekeeper implements TrackLog {
  private static final Optional<Verdict> TAKEN = Optional.empty();
  private static final Optional<Verdict> FINISHED =
      refused("the run is over: set finished to false to begin another");
  private static final Optional<Verdict> RESTING =
      refused("you have not moved for 8 hours: move, and you are shown again");

  /** How long after a run its backlog is taken, and how far back that may reach. */
  private static final Duration BACKLOG = Duration.ofHours(24);

  private final TrackLog log;
  private final Access access;
  private final InstantSource clock;
  private final Rest rest = new Rest();
  private final Set<Runner> leaving = ConcurrentHashMap.newKeySet();
  private final UnderWay underWay = new UnderWay();

  public Gatekeeper(TrackLog log, Access access, InstantSource clock) {
    this.log = log;
    this.access = access;
    this.clock = clock;
    access.whenRemoved(leaving::remove);
  }

  @Override
  public CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes, boolean waits) {
    if (access.claimOf(runner).isEmpty()) {
      return log.append(runner, fixes, waits);
    }
    underWay.begin(runner);
    CompletionStage<List<Verdict>> verdicts;
    try {
      verdicts = taken(runner, fixes, waits);
    } catch (RuntimeException e) {
      underWay.end(runner);
      throw e;
    }
    return verdicts.whenComplete((_, _) -> underWay.end(runner));
  }

  private CompletionStage<List<Verdict>> taken(Runner runner, List<Fix> fixes, boolean waits) {
    List<Optional<Verdict>> refusals = refusals(runner, fixes);
    List<Fix> good = fixes;
    if (!refusals.stream().allMatch(Optional::isEmpty)) {
      good = new ArrayList<>();
      for (int i = 0; i < fixes.size(); i++) {
        if (refusals.get(i).isEmpty()) {
          good.add(fixes.get(i));
        }
      }
    }
    if (good.isEmpty()) {
      return completedFuture(merged(refusals, List.of()));
    }
    access.note(runner, good);
    return log.append(runner, good, waits).thenApply(verdicts -> merged(refusals, verdicts));
  }

  /** Those of the log, in the places that are free among the refusals. */
  private static List<Verdict> merged(List<Optional<Verdict>> refusals, List<Verdict> verdicts) {
    Iterator<Verdict> others = verdicts.iterator();
    return refusals.stream().map(refusal -> refusal.orElseGet(others::next)).toList();
  }

  private static Optional<Verdict> refused(String why) {
    return Optional.of(new Verdict.Refused(why));
  }

  /** Why each fix is not taken; empty for those that are. */
  private List<Optional<Verdict>> refusals(Runner runner, List<Fix> fixes) {
    long nowMs = clock.millis();
    Claim claim = access.claimOf(runner).orElse(null);
    if (claim == null || leaving.contains(runner)) {
      return Collections.nCopies(fixes.size(), FINISHED); // erased since it was asked
    }
    if (claim.finished()) {
      rest.forget(runner);
      return fixes.stream().map(fix -> belongsToRun(fix, claim, nowMs) ? TAKEN : FINISHED).toList();
    }
    List<Rest.State> states = rest.note(runner, fixes, nowMs);
    if (states.contains(Rest.State.OVER)) {
      access.finishSoon(runner);
    }
    return states.stream().map(Gatekeeper::refusal).toList();
  }

  private static Optional<Verdict> refusal(Rest.State state) {
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
  private static boolean belongsToRun(Fix fix, Claim claim, long nowMs) {
    return claim.maskM() == 0
        && fix.hasTime()
        && fix.tMs() <= claim.finishedMs()
        && fix.tMs() > claim.finishedMs() - BACKLOG.toMillis()
        && nowMs - claim.finishedMs() < BACKLOG.toMillis();
  }

  @Override
  public Following follow(Feed feed, Follower follower) {
    return log.follow(feed, follower);
  }

  @Override
  public List<Position> latest(Feed feed, int each) {
    return log.latest(feed, each);
  }

  @Override
  public Page after(Feed feed, long seq, int limit) {
    return log.after(feed, seq, limit);
  }

  @Override
  public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    return log.between(runner, fromMs, fromSeq, toMs, limit);
  }

  /** Behind what was taken before: else a fix that waits to be looked up would come back. */
  @Override
  public void forget(Runner runner) {
    rest.forget(runner);
    if (access.finishedMs(runner) > 0) {
      leaving.add(runner);
      underWay.awaitNone(runner);
    }
    log.forget(runner);
  }

  @Override
  public boolean isFull() {
    return log.isFull();
  }

  @Override
  public void whenRoom(Runnable action) {
    log.whenRoom(action);
  }

  @Override
  public Optional<String> trouble() {
    return log.trouble();
  }

  @Override
  public void close() {
    log.close();
  }
}
