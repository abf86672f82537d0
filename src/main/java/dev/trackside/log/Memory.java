package dev.trackside.log;

import dev.trackside.track.Position;
import java.util.TreeMap;

/**
 * How many positions are kept: the oldest of a runner makes room for their newest, the oldest of
 * all for anybody's. What a longer log has not got yet stays. Guarded by {@link Newest}.
 */
final class Memory {
  private final Tracks tracks;
  private final Newest.Bounds bounds;
  private final boolean alone;
  private final TreeMap<Long, RunnerTrack> byOldest = new TreeMap<>();
  private long releasedSeq;
  private int kept;

  /**
   * @param alone whether there is no longer log
   */
  Memory(Tracks tracks, Newest.Bounds bounds, boolean alone) {
    this.tracks = tracks;
    this.bounds = bounds;
    this.alone = alone;
    this.releasedSeq = alone ? Long.MAX_VALUE : 0;
  }

  void keep(RunnerTrack track, Position position) {
    if (track.size() == 0) {
      byOldest.put(position.seq(), track);
    }
    track.add(position);
    kept++;
  }

  /** Drops what is too much, but not more than so many: nobody waits for it long. */
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

  /** Drops a runner's positions up to a number, whatever there is room for. */
  void dropUntil(RunnerTrack track, long seq) {
    while (track.size() > 0 && track.oldestSeq() <= seq) {
      dropOldestOf(track);
    }
  }

  private void dropOldestOf(RunnerTrack track) {
    byOldest.remove(track.oldestSeq());
    track.dropOldest();
    kept--;
    RaceTracks race = tracks.raceOf(track);
    if (race != null) {
      race.floorSeq = Math.max(race.floorSeq, track.floorSeq());
    }
    if (track.size() > 0) {
      byOldest.put(track.oldestSeq(), track);
      return;
    }
    if (!alone) {
      track.unlearn();
      if (race != null) {
        race.whole = false;
      }
    }
    tracks.closeIfUnused(track);
  }

  /** The longer log has everything up to a number; returns whether that is news. */
  boolean release(long seq) {
    boolean news = seq > releasedSeq;
    releasedSeq = Math.max(releasedSeq, seq);
    return news;
  }

  /** A track is no longer kept, with all that is in it. */
  void forget(RunnerTrack track) {
    if (track.size() > 0) {
      byOldest.remove(track.oldestSeq());
      kept -= track.size();
    }
  }

  void clear() {
    byOldest.clear();
    kept = 0;
  }
}
