package dev.trackside.access;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;

/**
 * A link that people pass on: anyone with its key may follow, until it expires or is revoked.
 *
 * @param id tells the runner's links apart; no secret
 * @param feed what the link shows: one runner, or everyone in a race
 * @param name the maker's name for it, such as "the family"
 * @param expiresMs epoch milliseconds
 */
public record Link(String id, Feed feed, String name, long expiresMs, Key.Hash key)
    implements RegistryEntry {
  /** Whether the link shows this feed. */
  boolean covers(Feed wanted) {
    return wanted.equals(feed)
        || (feed instanceof Feed.Race(String race)
            && wanted instanceof Feed.One(Runner runner)
            && runner.race().equals(race));
  }

  public Link endedAt(long nowMs) {
    return new Link(id, feed, name, Math.min(nowMs, expiresMs), key);
  }
}
