package dev.trackside.log;

import dev.trackside.track.Feed;
import dev.trackside.track.Follower;
import dev.trackside.track.Runner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kept tracks, by runner and by race. Guarded by {@link Newest}. */
final class Tracks {
  /** The kept tracks of one race. */
  static final class RaceTracks {
    final String name;
    final Set<RunnerTrack> tracks = new HashSet<>();
    final List<Follower> followers = new ArrayList<>();

    /** Everything after this number is kept. */
    long floorSeq;

    /** Whether the tracks are those of every runner in the race. */
    boolean whole;

    private RaceTracks(String name, long floorSeq) {
      this.name = name;
      this.floorSeq = floorSeq;
    }
  }

  private final Map<Runner, RunnerTrack> tracks = new HashMap<>();
  private final Map<String, RaceTracks> races = new HashMap<>();

  @Nullable RunnerTrack find(Runner runner) {
    return tracks.get(runner);
  }

  @Nullable RaceTracks find(String race) {
    return races.get(race);
  }

  /** A runner's track, created empty if there is none. */
  RunnerTrack open(Runner runner, long firstSeq) {
    RunnerTrack track = tracks.get(runner);
    if (track == null) {
      String name = runner.race();
      RaceTracks race = name.isEmpty() ? null : open(name, firstSeq);
      track = new RunnerTrack(runner, race, firstSeq);
      tracks.put(runner, track);
      if (race != null) {
        race.tracks.add(track);
      }
    }
    return track;
  }

  RaceTracks open(String race, long firstSeq) {
    return races.computeIfAbsent(race, name -> new RaceTracks(name, firstSeq));
  }

  void closeIfUnused(RunnerTrack track) {
    if (track.size() == 0 && track.followers.isEmpty() && tracks.remove(track.runner, track)) {
      RaceTracks race = track.race;
      if (race != null) {
        race.tracks.remove(track);
        closeIfUnused(race);
      }
    }
  }

  void closeIfUnused(RaceTracks race) {
    if (race.tracks.isEmpty() && race.followers.isEmpty()) {
      races.remove(race.name, race);
    }
  }

  FeedTracks of(Feed feed) {
    return switch (feed) {
      case Feed.One(Runner runner) -> {
        RunnerTrack track = tracks.get(runner);
        yield track == null ? FeedTracks.NOTHING : new FeedTracks(List.of(track), track.floorSeq());
      }
      case Feed.Race(String name) -> {
        RaceTracks race = races.get(name);
        yield race == null ? FeedTracks.NOTHING : new FeedTracks(race.tracks, race.floorSeq);
      }
    };
  }

  /** The number of feeds that have followers. */
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
