package dev.trackside.access;

import static java.util.Comparator.comparingLong;

import dev.trackside.track.Feed;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every link that there is, and of each feed the last that have ended. Safe for use by many
 * threads.
 */
final class LinkBook {
  private static final int MOST_ENDED = 100;

  private final Registry registry;
  private final InstantSource clock;
  private final Map<Key.Hash, Link> links = new ConcurrentHashMap<>();

  /** Reads what is stored. */
  LinkBook(Registry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
    registry.links().forEach(link -> links.put(link.key(), link));
  }

  Optional<Link> by(Key key) {
    return Optional.ofNullable(links.get(key.hash()));
  }

  boolean hasEnded(Link link) {
    return link.expiresMs() <= clock.millis();
  }

  /** Whether somebody may follow a feed by the link whose key he shows. */
  Right toFollow(Feed feed, @Nullable Key key) {
    if (key == null) {
      return Right.KEY_MISSING;
    }
    Link link = links.get(key.hash());
    if (link == null || !link.covers(feed)) {
      return Right.KEY_WRONG;
    }
    return hasEnded(link) ? Right.LINK_ENDED : Right.GRANTED;
  }

  /** Those of a feed that have not ended. */
  List<Link> of(Feed feed) {
    return links.values().stream()
        .filter(link -> link.feed().equals(feed) && !hasEnded(link))
        .toList();
  }

  /** Stores a link, or another state of it. */
  synchronized void put(Link link) {
    registry.put(link);
    links.put(link.key(), link);
    links.values().stream()
        .filter(other -> other.feed().equals(link.feed()) && hasEnded(other))
        .sorted(comparingLong(Link::expiresMs).reversed())
        .skip(MOST_ENDED) // who comes with an older one never had one
        .toList()
        .forEach(this::remove);
  }

  private void remove(Link link) {
    registry.remove(link);
    links.remove(link.key());
  }

  /** Forgets those of a runner whose claim is no longer stored. */
  void forget(Feed feed) {
    links.values().removeIf(link -> link.feed().equals(feed));
  }
}
