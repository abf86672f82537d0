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
 * Who has claimed which id. All of it is in memory; what changes is stored first, and comes back
 * from the registry. Safe for use by many threads.
 */
public final class Claims {
  /** Hears what becomes of claims, one change at a time. Must not throw. */
  public interface Watcher {
    /**
     * Hears of a change before it shows, or of an end once it shows.
     *
     * @param before null for a new claim
     * @param after null for one that has ended
     */
    void changed(@Nullable Claim before, @Nullable Claim after);
  }

  private final Registry registry;
  private final Registry lent = new MemoryRegistry();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final Map<Runner, Claim> byRunner = new ConcurrentHashMap<>();
  private final Map<Key.Hash, Claim> byKey = new ConcurrentHashMap<>();
  private final Map<String, Integer> countByRace = new ConcurrentHashMap<>();

  Claims(Registry registry) {
    this.registry = registry;
  }

  /** Tells a watcher every change from now on; nothing is told of what is there already. */
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  /** Runs something, on any thread, whenever a claim has ended. */
  public void whenRemoved(Consumer<Runner> farewell) {
    watch(
        (before, after) -> {
          if (before != null && after == null) {
            farewell.accept(before.runner());
          }
        });
  }

  public Optional<Claim> of(Runner runner) {
    return Optional.ofNullable(find(runner));
  }

  @Nullable Claim find(Runner runner) {
    return byRunner.get(runner);
  }

  /** The claim whose key this is. */
  public Optional<Claim> by(Key key) {
    return Optional.ofNullable(byKey.get(key.hash()));
  }

  public Collection<Claim> all() {
    return byRunner.values();
  }

  boolean anyIn(String race) {
    return countByRace.containsKey(race);
  }

  /** Stores a new claim, unless the id is claimed already. */
  public boolean claim(Claim claim) {
    return find(claim.runner()) == null && registry.create(claim);
  }

  /** Makes a claim that is forgotten when the server ends, unless the id is claimed already. */
  public void lend(Claim claim) {
    lent.create(claim);
  }

  /**
   * Stores another state of a claim.
   *
   * @param change may be asked several times, when others change the claim meanwhile
   * @return the claim as it is now; nothing when there is none any more
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

  /** {@link #change} of what is known of a runner's runs. */
  public Optional<Claim> changeRun(Runner runner, UnaryOperator<RunState> change) {
    return change(runner, claim -> claim.with(change.apply(claim.run())));
  }

  /** Ends a claim; returns whether there was one. Its links go first: see {@link Access#remove}. */
  boolean remove(Runner runner) {
    boolean was = false;
    for (Claim claim = find(runner); claim != null; claim = find(runner)) {
      was |= registry.remove(claim) || lent.remove(claim);
    }
    return was;
  }

  /** Begins to hear of what is lent. */
  void watchLent(Registry.Watcher watcher) {
    lent.watch(watcher);
  }

  /** Takes over what a registry says. */
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
