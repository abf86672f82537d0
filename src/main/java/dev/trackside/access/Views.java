package dev.trackside.access;

import dev.trackside.track.Feed;
import dev.trackside.track.TrackLog;
import org.jspecify.annotations.Nullable;

/**
 * The log as different people may see it: whole for who has the runner's key, else without what is
 * masked, and in a race without those who are not public. Safe for use by many threads.
 */
public final class Views {
  private final TrackLog log;
  private final Access access;
  private final TrackLog shared;
  private final TrackLog publicly;

  public Views(TrackLog log, Access access) {
    this.log = log;
    this.access = access;
    this.shared = new View(log, _ -> true, access::isShown);
    this.publicly = new View(log, access::isPublic, access::isShown);
  }

  /** The log for somebody who may follow this feed. */
  public TrackLog of(Feed feed, @Nullable Key key) {
    return switch (feed) {
      case Feed.One(var runner) -> access.owns(runner, key) ? log : shared;
      case Feed.Race(String race) ->
          access.isAdmin(key) ? log : access.seesAll(race, key) ? shared : publicly;
    };
  }

  /** The log for everybody. */
  public TrackLog forAll() {
    return publicly;
  }
}
