package dev.trackside.log;

import dev.trackside.track.Follower;
import dev.trackside.track.Runner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is kept of one race. Guarded by {@link Newest}. */
final class RaceTracks {
  final Map<Runner, RunnerTrack> tracks = new HashMap<>();
  final List<Follower> followers = new ArrayList<>();

  /** Everything after this number is kept. */
  long floorSeq;

  /** Whether every runner of the race is among the tracks. */
  boolean whole;

  RaceTracks(long floorSeq, boolean whole) {
    this.floorSeq = floorSeq;
    this.whole = whole;
  }
}
