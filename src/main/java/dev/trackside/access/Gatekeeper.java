package dev.trackside.access;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A log that takes nothing from a runner whose run is over: he said so, or rests for 8 hours. Safe
 * for use by many threads.
 */
public final class Gatekeeper implements TrackLog {
  private static final Verdict FINISHED =
      new Verdict.Refused("the run is over: set finished to false to begin another");

  private final TrackLog log;
  private final Access access;
  private final InstantSource clock;
  private final Rest rest = new Rest();
  private final UnderWay underWay = new UnderWay();

  public Gatekeeper(TrackLog log, Access access, InstantSource clock) {
    this.log = log;
    this.access = access;
    this.clock = clock;
  }

  @Override
  public CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes, boolean waits) {
    if (access.claimOf(runner).isEmpty()) {
      return log.append(runner, fixes, waits);
    }
    underWay.begin(runner);
    CompletionStage<List<Verdict>> verdicts;
    try {
      verdicts =
          takes(runner, fixes)
              ? log.append(runner, fixes, waits)
              : completedFuture(Collections.nCopies(fixes.size(), FINISHED));
    } catch (RuntimeException e) {
      underWay.end(runner);
      throw e;
    }
    return verdicts.whenComplete((_, _) -> underWay.end(runner));
  }

  private boolean takes(Runner runner, List<Fix> fixes) {
    if (access.finishedMs(runner) > 0 || access.claimOf(runner).isEmpty()) {
      rest.forget(runner); // over, or erased since it was asked
      return false;
    } else if (rest.isTooLong(runner, fixes, clock.millis())) {
      access.finishSoon(runner);
      return false;
    }
    access.note(runner, fixes);
    return true;
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
