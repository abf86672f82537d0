package dev.trackside.run;

import static java.util.Comparator.comparingLong;

import dev.trackside.access.Key;
import dev.trackside.access.RunState;
import dev.trackside.access.Zone;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** What a mask has to show of a whole track, worked out from the beginning each time. */
final class MaskAnswer {
  private static final long SILENCE_MS = 2 * 3_600_000L;

  private static final Comparator<Position> IN_ORDER =
      comparingLong(Position::tMs)
          .thenComparingDouble(position -> position.fix().latDeg())
          .thenComparingDouble(position -> position.fix().lonDeg());

  private MaskAnswer() {}

  /**
   * The numbers of the positions that everybody sees.
   *
   * @param track every stored position, in any order
   * @param run what is stored of the runs: their ends count
   */
  static Set<Long> shown(
      List<Position> track, RunState run, int maskM, Key.Hash secret, long nowMs) {
    List<Position> sorted = track.stream().sorted(IN_ORDER).toList();
    var places = new ArrayList<Fix>();
    for (int i = 0; i < sorted.size(); i++) {
      long tMs = sorted.get(i).tMs();
      if (i == 0 || areApart(sorted.get(i - 1).tMs(), tMs, run)) {
        places.add(sorted.get(i).fix());
      }
      boolean last = i == sorted.size() - 1;
      boolean over = run.finished() || run.ends().stream().anyMatch(end -> tMs <= end.endedMs());
      if (last ? over || nowMs - tMs > SILENCE_MS : areApart(tMs, sorted.get(i + 1).tMs(), run)) {
        places.add(sorted.get(i).fix());
      }
    }
    Set<Zone> zones = new HashSet<>();
    if (maskM > 0) {
      places.forEach(one -> zones.add(Zones.around(one.latDeg(), one.lonDeg(), maskM, secret)));
    }
    var shown = new TreeSet<Long>();
    for (Position position : sorted) {
      Fix fix = position.fix();
      if (zones.stream().noneMatch(z -> Zones.hides(z, fix.latDeg(), fix.lonDeg(), maskM))) {
        shown.add(position.seq());
      }
    }
    return shown;
  }

  private static boolean areApart(long earlierMs, long laterMs, RunState run) {
    return laterMs - earlierMs > SILENCE_MS
        || run.ends().stream()
            .flatMapToLong(end -> LongStream.of(end.lastMs(), end.endedMs()))
            .anyMatch(end -> earlierMs <= end && end < laterMs);
  }
}
