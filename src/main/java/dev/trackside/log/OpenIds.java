package dev.trackside.log;

import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits how many runners may have positions without being claimed. Runners who have positions
 * already go on; a claim, age and erasure make room. Safe for use by many threads.
 */
public final class OpenIds {
  private final int most;
  private final Set<Runner> claimed = ConcurrentHashMap.newKeySet();
  private final Set<Runner> present = ConcurrentHashMap.newKeySet();
  private int count;

  public OpenIds(int most) {
    this.most = most;
  }

  /** Starts with the runners who have positions already, even if they are more than the limit. */
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

  /** Whether a position of this runner would raise the count. */
  public boolean isNew(Runner runner) {
    return !present.contains(runner) && !isClaimed(runner);
  }

  /** Whether there is no room for a runner at present. */
  public synchronized boolean isFullFor(Runner runner) {
    return count >= most && isNew(runner);
  }

  /** The verdicts for fixes of a runner for whom there is no room. */
  public List<Verdict> noRoomFor(Runner runner, int fixes) {
    return Collections.nCopies(
        fixes,
        new Verdict.NoRoom(
            "nobody has claimed %s, and at most %d such ids may have positions: claim it first, with POST /api/runners"
                .formatted(runner, most)));
  }

  /** Counts a runner who has positions, unless there is no room; returns whether there is. */
  synchronized boolean admits(Runner runner) {
    if (isFullFor(runner)) {
      return false;
    }
    if (present.add(runner) && !isClaimed(runner)) {
      count++;
    }
    return true;
  }

  /** The runner has no positions any more. */
  synchronized void left(Runner runner) {
    if (present.remove(runner) && !isClaimed(runner)) {
      count--;
    }
  }

  public synchronized void claimed(Runner runner) {
    if (claimed.add(runner) && present.contains(runner)) {
      count--;
    }
  }

  /** The runner's claim has ended. */
  public synchronized void released(Runner runner) {
    if (claimed.remove(runner) && present.contains(runner)) {
      count++;
    }
  }
}
