package dev.trackside.track;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;

/** A place in a track, from which it is read on. */
record Cursor(Track track, int index) {
  /** What comes after number {@code seq} in all of the tracks together, in the order of numbers. */
  static List<Position> read(Collection<Track> tracks, long seq, int limit) {
    var cursors = new PriorityQueue<Cursor>(comparingLong(cursor -> cursor.position().seq()));
    for (Track track : tracks) {
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

  private void addTo(PriorityQueue<Cursor> cursors) {
    if (index < track.size()) {
      cursors.add(this);
    }
  }

  private Position position() {
    return track.at(index);
  }
}
