package dev.trackside.track;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose tracks are kept, by runner and by race. Guarded by {@link Newest}. */
final class Roster {
  private final boolean alone;
  private final Map<Runner, Track> tracks = new HashMap<>();
  private final Map<String, Race> races = new HashMap<>();

  /**
   * Nobody yet.
   *
   * @param alone whether there is no longer log, so that who is not here has no past
   */
  Roster(boolean alone) {
    this.alone = alone;
  }

  @Nullable Track find(Runner runner) {
    return tracks.get(runner);
  }

  @Nullable Race find(String race) {
    return races.get(race);
  }

  /** The race a runner is in, if it is here. */
  @Nullable Race raceOf(Runner runner) {
    return raceNamed(runner.race());
  }

  /** The race of a track's runner, if it is here. */
  @Nullable Race raceOf(Track track) {
    return raceNamed(track.race);
  }

  private @Nullable Race raceNamed(String race) {
    return race.isEmpty() ? null : races.get(race);
  }

  /** A runner's track, an empty one when there is none. */
  Track open(Runner runner, long firstSeq) {
    Track track = tracks.get(runner);
    if (track == null) {
      track = new Track(runner, firstSeq, alone);
      tracks.put(runner, track);
      if (!track.race.isEmpty()) {
        open(track.race, firstSeq).tracks.put(runner, track);
      }
    }
    return track;
  }

  Race open(String race, long firstSeq) {
    return races.computeIfAbsent(race, _ -> new Race(firstSeq, alone));
  }

  /** An empty track in place of one that is here, with its followers and no past. */
  Track empty(Track track, long firstSeq) {
    var empty = new Track(track.runner, firstSeq, true);
    empty.followers.addAll(track.followers);
    tracks.put(track.runner, empty);
    Race race = raceOf(track);
    if (race != null) {
      race.tracks.put(track.runner, empty);
    }
    return empty;
  }

  void closeIfUnused(Track track) {
    if (track.size() > 0 || !track.followers.isEmpty()) {
      return;
    }
    tracks.remove(track.runner);
    Race race = raceOf(track);
    if (race != null) {
      race.tracks.remove(track.runner);
      closeIfUnused(track.race, race);
    }
  }

  void closeIfUnused(String name, Race race) {
    if (race.tracks.isEmpty() && race.followers.isEmpty()) {
      races.remove(name);
    }
  }

  Kept keptOf(Feed feed) {
    return switch (feed) {
      case Feed.One(Runner runner) -> {
        Track track = tracks.get(runner);
        yield track == null ? Kept.NOTHING : new Kept(List.of(track), track.floorSeq());
      }
      case Feed.Race(String race) -> {
        Race known = races.get(race);
        yield known == null ? Kept.NOTHING : new Kept(known.tracks.values(), known.floorSeq);
      }
    };
  }

  /** How many feeds somebody follows. */
  int followed() {
    return (int)
        (tracks.values().stream().filter(track -> !track.followers.isEmpty()).count()
            + races.values().stream().filter(race -> !race.followers.isEmpty()).count());
  }

  int size() {
    return tracks.size() + races.size();
  }

  void clear() {
    tracks.clear();
    races.clear();
  }
}
