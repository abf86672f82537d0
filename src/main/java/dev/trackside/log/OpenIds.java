package dev.trackside.log;

import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the runners of whom a log has positions and whom nobody has claimed: of these it takes so
 * many and no more. Those who are there go on; a claim, age and erasure make room. Safe for use by
 * many threads.
 */
public final class OpenIds {
  private final int most;
  private final Set<Runner> claimed = ConcurrentHashMap.newKeySet();
  private final Set<Runner> present = ConcurrentHashMap.newKeySet();
  private int count;

  /** Nobody has positions yet, and nobody is claimed. */
  public OpenIds(int most) {
    this.most = most;
  }

  /** Takes as many as come. */
  public static OpenIds unlimited() {
    return new OpenIds(Integer.MAX_VALUE);
  }

  /** Begins with those of whom there are positions already, be they too many. */
  public synchronized void restore(Collection<Runner> runners) {
    present.clear();
    present.addAll(runners);
    count = (int) present.stream().filter(runner -> !isClaimed(runner)).count();
  }

  public synchronized int count() {
    return count;
  }

  public boolean isClaimed(Runner runner) {
    return claimed.contains(runner);
  }

  /** Whether a runner's first position would make one more of them. */
  public boolean isNew(Runner runner) {
    return !present.contains(runner) && !isClaimed(runner);
  }

  /** Whether a runner would not be admitted at present. */
  public synchronized boolean isFullFor(Runner runner) {
    return count >= most && isNew(runner);
  }

  /** The verdicts for so many fixes of a runner who is not admitted. */
  public List<Verdict> noRoomFor(Runner runner, int fixes) {
    return Collections.nCopies(
        fixes,
        new Verdict.NoRoom(
            "nobody has claimed %s, and at most %d such ids may have positions: claim it first, with POST /api/runners"
                .formatted(runner, most)));
  }

  /** Whether a runner may have his first position; then he is there. */
  synchronized boolean admits(Runner runner) {
    if (isFullFor(runner)) {
      return false;
    }
    if (present.add(runner) && !isClaimed(runner)) {
      count++;
    }
    return true;
  }

  /** Nothing of a runner is left. */
  synchronized void left(Runner runner) {
    if (present.remove(runner) && !isClaimed(runner)) {
      count--;
    }
  }

  /** Somebody has claimed a runner. */
  public synchronized void claimed(Runner runner) {
    if (claimed.add(runner) && present.contains(runner)) {
      count--;
    }
  }

  /** The claim of a runner has ended. */
  public synchronized void released(Runner runner) {
    if (claimed.remove(runner) && present.contains(runner)) {
      count++;
    }
  }
}
