package dev.trackside.access;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;

/**
 * A link that may be passed on: whoever has its key may follow, until it expires or is revoked.
 *
 * @param id tells it from the runner's other links; no secret
 * @param feed what it shows: one runner, or everyone in a race
 * @param name what its maker calls it, such as "the family"
 * @param expiresMs epoch milliseconds
 */
public record Link(String id, Feed feed, String name, long expiresMs, Key.Hash key)
    implements RegistryEntry {
  /** Whether who has it may follow this feed. */
  boolean covers(Feed wanted) {
    return wanted.equals(feed)
        || (feed instanceof Feed.Race(String race)
            && wanted instanceof Feed.One(Runner runner)
            && runner.race().equals(race));
  }

  /** The same link, ended. */
  public Link endedAt(long nowMs) {
    return new Link(id, feed, name, Math.min(nowMs, expiresMs), key);
  }
}
