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
 * Every link that there is, and of each feed the last that have ended. All of it is in memory; what
 * changes is stored first, and comes back from the registry. Safe for use by many threads.
 */
public final class Links {
  private static final int MOST_ENDED = 100;

  private final Registry registry;
  private final InstantSource clock;
  private final Map<Key.Hash, Link> links = new ConcurrentHashMap<>();

  Links(Registry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** The link whose key this is, whether it has ended or not. */
  public Optional<Link> by(Key key) {
    return Optional.ofNullable(links.get(key.hash()));
  }

  /** Those of a feed that have not ended. */
  public List<Link> of(Feed feed) {
    return links.values().stream()
        .filter(link -> link.feed().equals(feed) && !hasEnded(link))
        .toList();
  }

  boolean hasEnded(Link link) {
    return link.expiresMs() <= clock.millis();
  }

  /** Whether somebody may follow a feed by the link whose key they show. */
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

  /** Stores a new link. */
  public void add(Link link) {
    if (!registry.create(link)) {
      throw new IllegalArgumentException("a link's id is random, got one twice: " + link.id());
    }
    removeOldestEnded(link.feed());
  }

  /** Ends a link now. */
  public void end(Link link) {
    var _ = registry.replace(link, link.endedAt(clock.millis()));
    removeOldestEnded(link.feed());
  }

  /** Who comes with an older one hears that there never was such a link. */
  private void removeOldestEnded(Feed feed) {
    links.values().stream()
        .filter(link -> link.feed().equals(feed) && hasEnded(link))
        .sorted(comparingLong(Link::expiresMs).reversed())
        .skip(MOST_ENDED)
        .toList()
        .forEach(registry::remove);
  }

  /** Removes all links of a feed. */
  void removeAll(Feed feed) {
    links.values().stream()
        .filter(link -> link.feed().equals(feed))
        .toList()
        .forEach(registry::remove);
  }

  /** Takes over what the registry says. */
  void changed(@Nullable Link before, @Nullable Link after) {
    if (after != null) {
      links.put(after.key(), after);
    } else if (before != null) {
      links.remove(before.key());
    }
  }
}
