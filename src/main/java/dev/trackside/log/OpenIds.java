package dev.trackside.log;

import dev.trackside.log.Holder.Held;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many runners may have positions without being claimed, and shares them out: one
 * address holds at most a tenth, and when all are taken, the address that holds the most gives up
 * the id that has been idle for longest. Runners who have positions already go on; a claim, age and
 * erasure make room. Safe for use by many threads.
 */
public final class OpenIds {
  /** The newest number of a runner who is not in memory, and so is idler than all who are. */
  static final long NOT_IN_MEMORY = Long.MIN_VALUE;

  private static final int SHARES = 10;

  private final int most;
  private final Set<Runner> claimed = ConcurrentHashMap.newKeySet();
  private final Set<Runner> present = ConcurrentHashMap.newKeySet();
  private final Map<Runner, Held> held = new HashMap<>();
  private final Map<Optional<Object>, Holder> holders = new HashMap<>();
  private final TreeSet<Holder> bySize = new TreeSet<>(Holder.BY_SIZE);
  private long holdersSoFar;

  public OpenIds(int most) {
    this.most = most;
  }

  /**
   * Starts with the runners who have positions already, even if they are more than the limit.
   *
   * @param runners the idlest first
   */
  public synchronized void restore(Collection<Runner> runners) {
    present.clear();
    held.clear();
    holders.clear();
    bySize.clear();
    present.addAll(runners);
    long seq = -runners.size(); // before every number of the log
    for (Runner runner : runners) {
      seq++;
      if (!isClaimed(runner)) {
        hold(runner, null, seq);
      }
    }
  }

  public synchronized int count() {
    return held.size();
  }

  public boolean isClaimed(Runner runner) {
    return claimed.contains(runner);
  }

  /** Whether a runner has positions. */
  public boolean isPresent(Runner runner) {
    return present.contains(runner);
  }

  /** Whether a position of this runner would raise the count. */
  public boolean isNew(Runner runner) {
    return !present.contains(runner) && !isClaimed(runner);
  }

  /** Whether there is no room for a runner from some address at present. */
  public synchronized boolean isFullFor(Runner runner, @Nullable Object address) {
    if (!isNew(runner)) {
      return false;
    }
    return held.size() < most ? sharesLeft(address) < 1 : !mayReplace(address);
  }

  private int sharesLeft(@Nullable Object address) {
    return address == null ? Integer.MAX_VALUE : share() - sizeOf(address);
  }

  /** How many ids one address may hold. */
  private int share() {
    return Math.max(1, most / SHARES);
  }

  private int sizeOf(@Nullable Object address) {
    Holder holder = holders.get(Optional.ofNullable(address));
    return holder == null ? 0 : holder.size();
  }

  /**
   * Whether the largest holder gives up an id: for an address that has none, or is so much smaller
   * that the two would not take turns for ever.
   */
  private boolean mayReplace(@Nullable Object address) {
    int size = sizeOf(address);
    return most > 0 && sharesLeft(address) > 0 && (size == 0 || size + 1 < bySize.last().size());
  }

  /**
   * The runner to be forgotten before a new one is admitted, if any: the idlest of the address that
   * holds the most.
   *
   * @param newestSeq the newest number of a runner, or {@link #NOT_IN_MEMORY}
   */
  synchronized @Nullable Runner inTheWayOf(
      Runner runner, @Nullable Object address, ToLongFunction<Runner> newestSeq) {
    return held.size() >= most && isNew(runner) && mayReplace(address) ? idlest(newestSeq) : null;
  }

  /** The idlest of the largest holder; of equally large ones, the idlest of them all. */
  private Runner idlest(ToLongFunction<Runner> newestSeq) {
    while (true) {
      Holder largest = bySize.last();
      bySize.remove(largest);
      Held idlest = largest.idlest(newestSeq, one -> held.put(one.runner(), one));
      bySize.add(largest);
      if (bySize.last() == largest) {
        return idlest.runner();
      }
    }
  }

  /** The verdicts for fixes of a runner for whom there is no room. */
  public List<Verdict> noRoomFor(Runner runner, int fixes) {
    return Collections.nCopies(
        fixes,
        new Verdict.NoRoom(
            "nobody has claimed %s, and at most %d such ids may have positions, %d of one address: claim it first, with POST /api/runners"
                .formatted(runner, most, share())));
  }

  /**
   * Counts a runner who has positions, unless there is no room; returns whether there is.
   *
   * @param seq a number of the log, none of which is newer
   */
  synchronized boolean admits(Runner runner, @Nullable Object address, long seq) {
    if (isFullFor(runner, address)) {
      return false;
    }
    if (present.add(runner) && !isClaimed(runner)) {
      hold(runner, address, seq);
    }
    return true;
  }

  private void hold(Runner runner, @Nullable Object address, long seq) {
    Holder holder =
        holders.computeIfAbsent(
            Optional.ofNullable(address), _ -> new Holder(address, ++holdersSoFar));
    bySize.remove(holder);
    held.put(runner, holder.add(runner, seq));
    bySize.add(holder);
  }

  private void release(Runner runner) {
    Held one = held.remove(runner);
    if (one != null) {
      Holder holder = one.by();
      bySize.remove(holder);
      holder.remove(one);
      if (holder.size() > 0) {
        bySize.add(holder);
      } else {
        holders.remove(Optional.ofNullable(holder.address));
      }
    }
  }

  /** The runner has no positions any more. */
  synchronized void left(Runner runner) {
    present.remove(runner);
    release(runner);
  }

  public synchronized void claimed(Runner runner) {
    claimed.add(runner);
    release(runner);
  }

  /** The runner's claim has ended. */
  public synchronized void released(Runner runner) {
    if (claimed.remove(runner) && present.contains(runner)) {
      hold(runner, null, 0);
    }
  }
}
