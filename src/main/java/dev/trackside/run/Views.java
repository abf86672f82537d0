package dev.trackside.run;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.track.Feed;
import dev.trackside.track.TrackReader;
import dev.trackside.track.View;
import org.jspecify.annotations.Nullable;

/**
 * The log as different people may see it: whole with the runner's key, otherwise without what is
 * masked, and in a race without runners who are not public. Safe for use by many threads.
 */
public final class Views {
  private final Access access;
  private final View whole;
  private final View shared;
  private final View open;

  public Views(TrackReader log, Access access, Masks masks) {
    this.access = access;
    this.whole = new FilteredView(log);
    this.shared = new FilteredView(log, _ -> true, masks);
    this.open = new FilteredView(log, access::isPublic, masks);
  }

  /** What someone who may follow this feed sees of it. */
  public View of(Feed feed, @Nullable Key key) {
    return switch (feed) {
      case Feed.One(var runner) -> access.owns(runner, key) ? whole : shared;
      case Feed.Race(String race) ->
          access.isAdmin(key) ? whole : access.seesAll(race, key) ? shared : open;
    };
  }

  /** What everybody may see. */
  public View forAll() {
    return open;
  }
}
