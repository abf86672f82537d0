package dev.trackside.access;

import static java.util.Comparator.comparingLong;

import dev.trackside.track.Feed;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All links that have not ended, and each feed's last {@value #MOST_ENDED} that have, in memory. A
 * change is stored first, and comes back from the registry. Safe for use by many threads.
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

  /** The link with this key, even if it has ended. */
  public Optional<Link> by(Key key) {
    return Optional.ofNullable(links.get(key.hash()));
  }

  /** The links of a feed that have not ended. */
  public List<Link> of(Feed feed) {
    return allOf(feed).filter(link -> !hasEnded(link)).toList();
  }

  private Stream<Link> allOf(Feed feed) {
    return links.values().stream().filter(link -> link.feed().equals(feed));
  }

  boolean hasEnded(Link link) {
    return link.expiresMs() <= clock.millis();
  }

  /** Whether a key may follow a feed as that of a link. */
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

  public void add(Link link) {
    if (!registry.create(link)) {
      throw new IllegalArgumentException("a link's id is random, got one twice: " + link.id());
    }
    removeOldestEnded(link.feed());
  }

  public void end(Link link) {
    var _ = registry.replace(link, link.endedAt(clock.millis()));
    removeOldestEnded(link.feed());
  }

  /** A client with a removed link learns that there is no such link. */
  private void removeOldestEnded(Feed feed) {
    allOf(feed)
        .filter(this::hasEnded)
        .sorted(comparingLong(Link::expiresMs).reversed())
        .skip(MOST_ENDED)
        .toList()
        .forEach(registry::remove);
  }

  void removeAll(Feed feed) {
    allOf(feed).toList().forEach(registry::remove);
  }

  /** Takes over a change of the registry. */
  void changed(@Nullable Link before, @Nullable Link after) {
    if (after != null) {
      links.put(after.key(), after);
    } else if (before != null) {
      links.remove(before.key());
    }
  }
}
