package dev.trackside.log;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose tracks are kept, by runner and by race. Guarded by {@link Newest}. */
final class Tracks {
  private final boolean alone;
  private final Map<Runner, RunnerTrack> tracks = new HashMap<>();
  private final Map<String, RaceTracks> races = new HashMap<>();

  /**
   * Nobody yet.
   *
   * @param alone whether there is no longer log, so that who is not here has no past
   */
  Tracks(boolean alone) {
    this.alone = alone;
  }

  @Nullable RunnerTrack find(Runner runner) {
    return tracks.get(runner);
  }

  @Nullable RaceTracks find(String race) {
    return races.get(race);
  }

  /** The race a runner is in, if it is here. */
  @Nullable RaceTracks raceOf(Runner runner) {
    return raceNamed(runner.race());
  }

  /** The race of a track's runner, if it is here. */
  @Nullable RaceTracks raceOf(RunnerTrack track) {
    return raceNamed(track.race);
  }

  private @Nullable RaceTracks raceNamed(String race) {
    return race.isEmpty() ? null : races.get(race);
  }

  /** A runner's track, an empty one when there is none. */
  RunnerTrack open(Runner runner, long firstSeq) {
    RunnerTrack track = tracks.get(runner);
    if (track == null) {
      track = new RunnerTrack(runner, firstSeq, alone);
      tracks.put(runner, track);
      if (!track.race.isEmpty()) {
        open(track.race, firstSeq).tracks.put(runner, track);
      }
    }
    return track;
  }

  RaceTracks open(String race, long firstSeq) {
    return races.computeIfAbsent(race, _ -> new RaceTracks(firstSeq, alone));
  }

  /** An empty track in place of one that is here, with its followers and no past. */
  RunnerTrack empty(RunnerTrack track, long firstSeq) {
    var empty = new RunnerTrack(track.runner, firstSeq, true);
    empty.followers.addAll(track.followers);
    tracks.put(track.runner, empty);
    RaceTracks race = raceOf(track);
    if (race != null) {
      race.tracks.put(track.runner, empty);
    }
    return empty;
  }

  void closeIfUnused(RunnerTrack track) {
    if (track.size() > 0 || !track.followers.isEmpty()) {
      return;
    }
    tracks.remove(track.runner);
    RaceTracks race = raceOf(track);
    if (race != null) {
      race.tracks.remove(track.runner);
      closeIfUnused(track.race, race);
    }
  }

  void closeIfUnused(String name, RaceTracks race) {
    if (race.tracks.isEmpty() && race.followers.isEmpty()) {
      races.remove(name);
    }
  }

  FeedTracks keptOf(Feed feed) {
    return switch (feed) {
      case Feed.One(Runner runner) -> {
        RunnerTrack track = tracks.get(runner);
        yield track == null ? FeedTracks.NOTHING : new FeedTracks(List.of(track), track.floorSeq());
      }
      case Feed.Race(String race) -> {
        RaceTracks known = races.get(race);
        yield known == null
            ? FeedTracks.NOTHING
            : new FeedTracks(known.tracks.values(), known.floorSeq);
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
