package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the subscribers that watch each feed. Safe for use by many threads. */
final class Watchers {
  private final Map<Feed, Integer> counts = new ConcurrentHashMap<>();

  void add(Feed feed, int more) {
    counts.merge(feed, more, (count, added) -> count + added == 0 ? null : count + added);
  }

  int of(Feed feed) {
    int own = counts.getOrDefault(feed, 0);
    return feed instanceof Feed.One(Runner runner) && !runner.race().isEmpty()
        ? own + counts.getOrDefault(new Feed.Race(runner.race()), 0)
        : own;
  }
}
