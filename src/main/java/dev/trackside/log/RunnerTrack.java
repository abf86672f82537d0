package dev.trackside.log;

import static java.util.Comparator.comparingLong;

import dev.trackside.track.Fix;
import dev.trackside.track.Follower;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept of one runner: a ring in {@code seq} order. Guarded by {@link Newest}. */
final class RunnerTrack {
  final Runner runner;

  /** The race the runner is in, or the empty string. */
  final String race;

  final List<Follower> followers = new ArrayList<>();
  private final Map<Moment, Position> moments = new HashMap<>();
  private @Nullable Position[] ring = new Position[4];
  private int head;
  private int size;
  private long newestTimeMs = Long.MIN_VALUE;
  private long newestMomentMs = Long.MIN_VALUE;
  private long floorSeq;
  private boolean recalled;

  /**
   * An empty track.
   *
   * @param floorSeq the first number that may be given to the runner
   * @param recalled whether the runner is known to have no past
   */
  RunnerTrack(Runner runner, long floorSeq, boolean recalled) {
    this.runner = runner;
    this.race = runner.race();
    this.floorSeq = floorSeq;
    this.recalled = recalled;
  }

  /** Whether the runner's past is known, as far as it is needed to go on. */
  boolean isRecalled() {
    return recalled;
  }

  void recall(long timeMs, long momentMs) {
    recalled = true;
    newestTimeMs = timeMs;
    newestMomentMs = momentMs;
  }

  void unlearn() {
    recalled = false;
  }

  void openFrom(long seq) {
    floorSeq = seq;
  }

  int size() {
    return size;
  }

  /** Whether the runner, whose past is known, has none. */
  boolean isBlank() {
    return size == 0 && newestTimeMs == Long.MIN_VALUE;
  }

  long oldestSeq() {
    return at(0).seq();
  }

  long newestSeq() {
    return size == 0 ? 0 : at(size - 1).seq();
  }

  /** Everything after this number is kept, and nothing before it. */
  long floorSeq() {
    return floorSeq;
  }

  long newestTimeMs() {
    return newestTimeMs;
  }

  /** A fix of a later moment than this cannot be a duplicate. */
  long newestMomentMs() {
    return newestMomentMs;
  }

  /** The number of the position that a fix would repeat, as far as it is kept here, or 0. */
  long seqOf(Fix fix) {
    Position known = fix.hasTime() ? moments.get(Moment.of(fix)) : null;
    return known == null ? 0 : known.seq();
  }

  void add(Position position) {
    if (size == ring.length) {
      @Nullable Position[] larger = new Position[size * 2];
      for (int i = 0; i < size; i++) {
        larger[i] = at(i);
      }
      ring = larger;
      head = 0;
    }
    ring[(head + size++) & (ring.length - 1)] = position;
    newestTimeMs = Math.max(newestTimeMs, position.tMs());
    newestMomentMs = Math.max(newestMomentMs, newestTimeMs);
    if (position.fix().hasTime()) {
      newestMomentMs = Math.max(newestMomentMs, position.fix().tMs());
      moments.put(Moment.of(position.fix()), position);
    }
  }

  void dropOldest() {
    Position oldest = at(0);
    floorSeq = oldest.seq();
    ring[head] = null;
    head = (head + 1) & (ring.length - 1);
    size--;
    if (oldest.fix().hasTime()) {
      moments.remove(Moment.of(oldest.fix()));
    }
  }

  Position at(int index) {
    Position position = ring[(head + index) & (ring.length - 1)];
    if (position == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return position;
  }

  /** The index of the first position after {@code seq}. */
  int indexAfter(long seq) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(middle).seq() <= seq) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** {@link TrackLog#between}. */
  List<Position> between(long fromMs, long fromSeq, long toMs, int limit) {
    return slice(0, size).stream()
        .filter(p -> p.tMs() > fromMs || (p.tMs() == fromMs && p.seq() > fromSeq))
        .filter(p -> p.tMs() <= toMs)
        .sorted(comparingLong(Position::tMs).thenComparingLong(Position::seq))
        .limit(limit)
        .toList();
  }

  List<Position> slice(int from, int to) {
    var slice = new ArrayList<Position>(to - from);
    for (int i = from; i < to; i++) {
      slice.add(at(i));
    }
    return slice;
  }
}
