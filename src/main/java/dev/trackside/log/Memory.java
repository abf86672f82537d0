package dev.trackside.log;

import dev.trackside.track.Position;
import java.util.TreeMap;

/**
 * Which positions are kept. The oldest position of a runner makes room for the runner's newest, the
 * oldest of all for anybody's; a position that the longer log does not have yet stays. Guarded by
 * {@link Newest}.
 */
final class Memory {
  private final Tracks tracks;
  private final Newest.Bounds bounds;
  private final TreeMap<Long, RunnerTrack> byOldest = new TreeMap<>();
  private long releasedSeq;
  private int kept;

  Memory(Tracks tracks, Newest.Bounds bounds) {
    this.tracks = tracks;
    this.bounds = bounds;
  }

  void keep(RunnerTrack track, Position position) {
    if (track.size() == 0) {
      byOldest.put(position.seq(), track);
    }
    track.add(position);
    kept++;
  }

  /** Drops at most {@code most} surplus positions of a runner, then of all: each call is short. */
  void makeRoom(RunnerTrack track, int most) {
    for (int i = 0;
        i < most && track.size() > bounds.ofRunner() && track.oldestSeq() <= releasedSeq;
        i++) {
      dropOldestOf(track);
    }
    makeRoom(most);
  }

  void makeRoom(int most) {
    for (int i = 0; i < most && kept > bounds.ofAll() && byOldest.firstKey() <= releasedSeq; i++) {
      dropOldestOf(byOldest.firstEntry().getValue());
    }
  }

  /** Drops a runner's positions up to a number, even if there is room for them. */
  void dropUntil(RunnerTrack track, long seq) {
    while (track.size() > 0 && track.oldestSeq() <= seq) {
      dropOldestOf(track);
    }
  }

  private void dropOldestOf(RunnerTrack track) {
    byOldest.remove(track.oldestSeq());
    track.dropOldest();
    kept--;
    Tracks.RaceTracks race = track.race;
    if (race != null) {
      race.floorSeq = Math.max(race.floorSeq, track.floorSeq());
    }
    if (track.size() > 0) {
      byOldest.put(track.oldestSeq(), track);
      return;
    }
    track.unlearn();
    if (race != null) {
      race.whole = false;
    }
    tracks.closeIfUnused(track);
  }

  /** The longer log has everything up to a number; returns whether that is new. */
  boolean release(long seq) {
    boolean isNew = seq > releasedSeq;
    releasedSeq = Math.max(releasedSeq, seq);
    return isNew;
  }

  /** Drops all positions of a runner. */
  void clear(RunnerTrack track, long nextSeq) {
    if (track.size() > 0) {
      byOldest.remove(track.oldestSeq());
      kept -= track.size();
    }
    track.clear(nextSeq);
  }

  void clear() {
    byOldest.clear();
    kept = 0;
  }
}
