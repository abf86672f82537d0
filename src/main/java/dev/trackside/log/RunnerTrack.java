package dev.trackside.log;

import dev.trackside.track.Fix;
import dev.trackside.track.Follower;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The kept positions of one runner: a ring in {@code seq} order. Guarded by {@link Newest}. */
final class RunnerTrack implements Judgement.Stored {
  private static final int FIRST_CAPACITY = 4;

  final Runner runner;
  final Tracks.@Nullable RaceTracks race;
  final List<Follower> followers = new ArrayList<>();
  private final Map<FixKey, Position> byKey = new HashMap<>();
  private @Nullable Position[] ring = new Position[FIRST_CAPACITY];
  private int head;
  private int size;
  private long newestTimeMs = Long.MIN_VALUE;
  private long newestGivenMs = Long.MIN_VALUE;
  private long floorSeq;
  private boolean recalled;

  /**
   * An empty track.
   *
   * @param race the race the runner is in, if any
   * @param floorSeq the first number that the runner can get
   */
  RunnerTrack(Runner runner, Tracks.@Nullable RaceTracks race, long floorSeq) {
    this.runner = runner;
    this.race = race;
    this.floorSeq = floorSeq;
  }

  /** Whether enough of the runner's past is known to judge newer fixes. */
  boolean isRecalled() {
    return recalled;
  }

  void recall(long timeMs, long givenMs) {
    recalled = true;
    newestTimeMs = timeMs;
    newestGivenMs = givenMs;
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

  /** Whether the runner has no positions, given that their past is known. */
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

  /** A fix with a later time than this cannot be a duplicate. */
  long newestGivenMs() {
    return newestGivenMs;
  }

  @Override
  public long seqOf(Fix fix) {
    boolean mayRepeat = fix.hasTime() && fix.tMs() <= newestGivenMs;
    Position known = mayRepeat ? byKey.get(FixKey.of(fix)) : null;
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
    newestTimeMs =
        Math.min(Math.max(newestTimeMs, position.tMs()), position.arrivedMs()); // as in Placement
    newestGivenMs = Math.max(newestGivenMs, position.tMs());
    if (position.fix().hasTime()) {
      newestGivenMs = Math.max(newestGivenMs, position.fix().tMs());
      byKey.put(FixKey.of(position.fix()), position);
    }
  }

  void dropOldest() {
    Position oldest = at(0);
    floorSeq = oldest.seq();
    ring[head] = null;
    head = (head + 1) & (ring.length - 1);
    size--;
    if (oldest.fix().hasTime()) {
      byKey.remove(FixKey.of(oldest.fix()));
    }
  }

  /** Drops all positions and the past. The followers stay. */
  void clear(long nextSeq) {
    byKey.clear();
    ring = new Position[FIRST_CAPACITY];
    head = 0;
    size = 0;
    floorSeq = nextSeq;
    recall(Long.MIN_VALUE, Long.MIN_VALUE);
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
    var first = new PriorityQueue<Position>(Position.BY_TIME.reversed());
    for (int i = 0; i < size; i++) {
      Position p = at(i);
      boolean isAfter = p.tMs() > fromMs || (p.tMs() == fromMs && p.seq() > fromSeq);
      if (isAfter && p.tMs() <= toMs) {
        if (first.size() < limit) {
          first.add(p);
        } else if (Position.BY_TIME.compare(p, first.element()) < 0) {
          first.remove();
          first.add(p);
        }
      }
    }
    return first.stream().sorted(Position.BY_TIME).toList();
  }

  List<Position> slice(int from, int to) {
    var slice = new ArrayList<Position>(to - from);
    for (int i = from; i < to; i++) {
      slice.add(at(i));
    }
    return slice;
  }
}
