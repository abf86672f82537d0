package dev.trackside.track;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is kept of one race. Guarded by {@link Newest}. */
final class Race {
  final Map<Runner, Track> tracks = new HashMap<>();
  final List<TrackLog.Follower> followers = new ArrayList<>();

  /** Everything after this number is kept. */
  long floorSeq;

  /** Whether every runner of the race is among the tracks. */
  boolean whole;

  Race(long floorSeq, boolean whole) {
    this.floorSeq = floorSeq;
    this.whole = whole;
  }
}
