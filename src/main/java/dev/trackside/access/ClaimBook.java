package dev.trackside.access;

import dev.trackside.track.Runner;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who has claimed which id. Read by many threads, changed by one at a time. */
final class ClaimBook {
  private final Map<Runner, Claim> byRunner = new ConcurrentHashMap<>();
  private final Map<Key.Hash, Claim> byKey = new ConcurrentHashMap<>();
  private final Map<String, Integer> countByRace = new ConcurrentHashMap<>();

  @Nullable Claim of(Runner runner) {
    return byRunner.get(runner);
  }

  @Nullable Claim by(Key.Hash key) {
    return byKey.get(key);
  }

  boolean anyIn(String race) {
    return countByRace.containsKey(race);
  }

  Collection<Claim> all() {
    return byRunner.values();
  }

  /** Adds a claim, or replaces that of the same runner; returns the one before. */
  @Nullable Claim put(Claim claim) {
    Claim before = byRunner.put(claim.runner(), claim);
    if (before == null) {
      countByRace.merge(claim.runner().race(), 1, Integer::sum);
    } else if (!before.key().equals(claim.key())) {
      byKey.remove(before.key());
    }
    byKey.put(claim.key(), claim);
    return before;
  }

  /** Returns whether there was one. */
  boolean remove(Runner runner) {
    Claim claim = byRunner.remove(runner);
    if (claim == null) {
      return false;
    }
    byKey.remove(claim.key());
    countByRace.computeIfPresent(runner.race(), (_, count) -> count == 1 ? null : count - 1);
    return true;
  }
}
