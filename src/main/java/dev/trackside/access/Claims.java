package dev.trackside.access;

import dev.trackside.track.Runner;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All claims, in memory. A change is stored first, and comes back from the registry. Safe for use
 * by many threads.
 */
public final class Claims {
  /** Hears of every change, one at a time. Must not throw. */
  public interface ClaimWatcher {
    /**
     * Hears of a change before it is visible, of a removal once it is. {@code before} is null for a
     * new claim, {@code after} for a removed one.
     */
    void changed(@Nullable Claim before, @Nullable Claim after);
  }

  private final Registry registry;
  private final int most;
  final Registry lent = new MemoryRegistry();
  private final List<ClaimWatcher> watchers = new CopyOnWriteArrayList<>();
  private final Map<Runner, Claim> byRunner = new ConcurrentHashMap<>();
  private final Map<Key.Hash, Claim> byKey = new ConcurrentHashMap<>();
  private final Map<String, Integer> countByRace = new ConcurrentHashMap<>();

  Claims(Registry registry, int most) {
    this.registry = registry;
    this.most = most;
  }

  /** Tells a watcher every change from now on, but not the present claims. */
  public void watch(ClaimWatcher watcher) {
    watchers.add(watcher);
  }

  /** Runs an action, on any thread, for each runner whose claim has been removed. */
  public void whenRemoved(Consumer<Runner> action) {
    watch(
        (before, after) -> {
          if (before != null && after == null) {
            action.accept(before.runner());
          }
        });
  }

  public Optional<Claim> of(Runner runner) {
    return Optional.ofNullable(find(runner));
  }

  @Nullable Claim find(Runner runner) {
    return byRunner.get(runner);
  }

  /** The claim with this key. */
  public Optional<Claim> by(Key key) {
    return Optional.ofNullable(byKey.get(key.hash()));
  }

  public Collection<Claim> all() {
    return byRunner.values();
  }

  /** How many runners may be claimed. */
  public int most() {
    return most;
  }

  boolean anyIn(String race) {
    return countByRace.containsKey(race);
  }

  /** Stores a new claim, unless the id is claimed already. */
  public boolean claim(Claim claim) {
    return find(claim.runner()) == null && registry.create(claim);
  }

  /** Makes a claim that ends with the process, unless the id is claimed already. */
  public void lend(Claim claim) {
    lent.create(claim);
  }

  /**
   * Changes a claim.
   *
   * @param change may run several times, when others change the claim meanwhile
   * @return the changed claim; empty when there is none
   */
  public Optional<Claim> change(Runner runner, UnaryOperator<Claim> change) {
    for (Claim before = find(runner); before != null; before = find(runner)) {
      Claim after = change.apply(before);
      if (after.equals(before) || registry.replace(before, after) || lent.replace(before, after)) {
        return Optional.of(after);
      }
    }
    return Optional.empty();
  }

  /** {@link #change} of the state of a runner's runs. */
  public Optional<Claim> changeRun(Runner runner, UnaryOperator<RunState> change) {
    return change(runner, claim -> claim.with(change.apply(claim.run())));
  }

  /** Removes a claim, whose links must go first: see {@link Access#remove}. */
  void remove(Runner runner) {
    for (Claim claim = find(runner); claim != null; claim = find(runner)) {
      var _ = registry.remove(claim) || lent.remove(claim);
    }
  }

  /** Takes over a change of the registry. */
  void changed(@Nullable Claim before, @Nullable Claim after) {
    if (after != null) {
      tell(before, after);
      put(before, after);
    } else if (before != null) {
      drop(before);
      tell(before, null);
    }
  }

  private void tell(@Nullable Claim before, @Nullable Claim after) {
    watchers.forEach(watcher -> watcher.changed(before, after));
  }

  private void put(@Nullable Claim before, Claim after) {
    byRunner.put(after.runner(), after);
    if (before == null) {
      countByRace.merge(after.runner().race(), 1, Integer::sum);
    } else if (!before.key().equals(after.key())) {
      byKey.remove(before.key());
    }
    byKey.put(after.key(), after);
  }

  private void drop(Claim claim) {
    byRunner.remove(claim.runner());
    byKey.remove(claim.key());
    countByRace.computeIfPresent(
        claim.runner().race(), (_, count) -> count == 1 ? null : count - 1);
  }
}
