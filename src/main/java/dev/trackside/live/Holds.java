package dev.trackside.live;

import dev.trackside.access.Access;
import dev.trackside.track.Feed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The feeds that one connection follows, and its right to each. Safe for use by many threads. */
final class Holds implements AutoCloseable {
  private final Map<Feed, Access.Hold> holds = new HashMap<>(2);
  private boolean closed;

  synchronized void put(Feed feed, Access.Hold hold) {
    if (closed) {
      hold.close();
    } else {
      Optional.ofNullable(holds.put(feed, hold)).ifPresent(Access.Hold::close);
    }
  }

  synchronized void remove(Feed feed) {
    Optional.ofNullable(holds.remove(feed)).ifPresent(Access.Hold::close);
  }

  synchronized boolean has(Feed feed) {
    return holds.containsKey(feed);
  }

  synchronized Set<Feed> feeds() {
    return Set.copyOf(holds.keySet());
  }

  @Override
  public synchronized void close() {
    closed = true;
    holds.values().forEach(Access.Hold::close);
    holds.clear();
  }
}
