package dev.trackside.access;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rights to follow that are in use. Safe for use by many threads. */
final class Grants {
  /**
   * A client's right to follow a feed.
   *
   * @param owned whether the key was the runner's own at first, so that the client sees everything
   */
  record Grant(Feed feed, @Nullable Key key, boolean owned, Consumer<Right> ended) {}

  private final Map<Feed, Set<Grant>> byFeed = new ConcurrentHashMap<>();

  void add(Grant grant) {
    byFeed.compute(
        grant.feed,
        (_, grants) -> {
          Set<Grant> all = grants == null ? ConcurrentHashMap.newKeySet(1) : grants;
          all.add(grant);
          return all;
        });
  }

  /** Returns false when the grant was gone already. */
  boolean remove(Grant grant) {
    var was = new boolean[1];
    byFeed.computeIfPresent(
        grant.feed,
        (_, grants) -> {
          was[0] = grants.remove(grant);
          return grants.isEmpty() ? null : grants;
        });
    return was[0];
  }

  List<Grant> of(Feed feed) {
    Set<Grant> grants = byFeed.get(feed);
    return grants == null ? List.of() : List.copyOf(grants);
  }

  /** The grants for single runners of a race. */
  List<Grant> inRace(String race) {
    return byFeed.values().stream()
        .flatMap(Set::stream)
        .filter(
            grant -> grant.feed instanceof Feed.One(Runner runner) && runner.race().equals(race))
        .toList();
  }
}
