package dev.trackside.track;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The runners of whom a log has positions and whom nobody has claimed: of these it takes so many
 * and no more. Those who are there go on; a claim, age and erasure make room. Safe for use by many
 * threads.
 */
public final class Unclaimed {
  /** Everybody counts as claimed. */
  public static final Unclaimed NOBODY = new Unclaimed(_ -> true, 0);

  private final Predicate<Runner> claimed;
  private final int most;
  private final Set<Runner> runners = ConcurrentHashMap.newKeySet();

  /**
   * Nobody yet.
   *
   * @param claimed whether somebody has claimed a runner; must answer at once
   */
  public Unclaimed(Predicate<Runner> claimed, int most) {
    this.claimed = claimed;
    this.most = most;
  }

  /** Counts those who are in the log already, be they too many. */
  public synchronized void restore(Collection<Runner> known) {
    known.stream().filter(claimed.negate()).forEach(runners::add);
  }

  public boolean isClaimed(Runner runner) {
    return claimed.test(runner);
  }

  /** Whether a runner's first position would make one more of them. */
  public boolean isNew(Runner runner) {
    return !runners.contains(runner) && !claimed.test(runner);
  }

  public int count() {
    return runners.size();
  }

  /** Whether a runner may have his first position; then he counts. */
  synchronized boolean admits(Runner runner) {
    if (!isNew(runner)) {
      return true;
    }
    return runners.size() < most && runners.add(runner);
  }

  /** Whether a runner would not be admitted at present. */
  public boolean isFullFor(Runner runner) {
    return runners.size() >= most && isNew(runner);
  }

  /** The verdicts for so many fixes of a runner who is not admitted. */
  public List<Verdict> noRoomFor(Runner runner, int fixes) {
    return Collections.nCopies(
        fixes,
        new Verdict.NoRoom(
            "nobody has claimed %s, and at most %d such ids may have positions: claim it first, with POST /api/runners"
                .formatted(runner, most)));
  }

  /** Nothing of a runner is left. */
  synchronized void left(Runner runner) {
    runners.remove(runner);
  }

  /** Somebody has claimed a runner, or his claim has ended. */
  synchronized void claimChanged(Runner runner, boolean hasPositions) {
    if (claimed.test(runner)) {
      runners.remove(runner);
    } else if (hasPositions) {
      runners.add(runner);
    }
  }
}
