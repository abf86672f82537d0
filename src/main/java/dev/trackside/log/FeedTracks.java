package dev.trackside.log;

import static java.util.Comparator.comparingLong;

import dev.trackside.track.Position;
import dev.trackside.track.TrackLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The kept tracks of a feed. Guarded by {@link Newest}.
 *
 * @param floorSeq a reader with an older number may have missed something
 */
record FeedTracks(Collection<RunnerTrack> tracks, long floorSeq) {
  static final FeedTracks NOTHING = new FeedTracks(List.of(), Long.MAX_VALUE);

  /** The next position to read from a track. */
  private record Cursor(RunnerTrack track, int index) {
    void addTo(PriorityQueue<Cursor> cursors) {
      if (index < track.size()) {
        cursors.add(this);
      }
    }

    Position position() {
      return track.at(index);
    }
  }

  long newestSeq() {
    return tracks.stream().mapToLong(RunnerTrack::newestSeq).max().orElse(0);
  }

  /** {@link TrackLog#latest}. */
  Newest.Latest latest(int each) {
    boolean all =
        tracks.stream().mapToLong(track -> Math.min(each, track.size())).sum() <= TrackLog.MOST;
    int share = all ? each : Math.max(1, TrackLog.MOST / tracks.size());
    var latest = new ArrayList<Position>();
    for (RunnerTrack track : tracks) {
      latest.addAll(track.slice(Math.max(0, track.size() - share), track.size()));
    }
    latest.sort(Position.BY_SEQ);
    return new Newest.Latest(
        latest.subList(Math.max(0, latest.size() - TrackLog.MOST), latest.size()), all);
  }

  /** The positions after number {@code seq}, in {@code seq} order. */
  List<Position> after(long seq, int limit) {
    var cursors = new PriorityQueue<Cursor>(comparingLong(cursor -> cursor.position().seq()));
    for (RunnerTrack track : tracks) {
      new Cursor(track, track.indexAfter(seq)).addTo(cursors);
    }
    var read = new ArrayList<Position>();
    while (read.size() < limit && !cursors.isEmpty()) {
      Cursor next = cursors.remove();
      read.add(next.position());
      new Cursor(next.track, next.index + 1).addTo(cursors);
    }
    return read;
  }
}
