package dev.trackside.run;

import dev.trackside.access.RunEnd;
import dev.trackside.access.RunSpan;
import dev.trackside.access.RunSpan.Spot;
import dev.trackside.access.RunState;
import dev.trackside.track.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one runner. Positions with no more than two hours between them belong to one run,
 * unless the runner ended a run between them. So the runs depend on the positions alone: they may
 * be added in any order, and again. One thread at a time.
 */
final class RunSpans {
  /** Of more runs the oldest are forgotten, and everything up to their end is hidden. */
  static final int MOST = 2_000;

  /** Hears of the places whose surroundings are to be hidden. */
  interface Places {
    /**
     * These runs become those. Runs that are over have two places, the newest of a runner who may
     * go on has one.
     */
    void replaced(List<Place> before, List<Place> after);
  }

  /** Where a run began, or ended. */
  record Place(double latDeg, double lonDeg, boolean isEnd) {}

  private final List<RunSpan> runs = new ArrayList<>();
  private final Places places;

  /** The moments after which another run begins, sorted. */
  private List<Long> borders = List.of();

  private long endedMs;
  private long endsFromMs;
  private long forgottenMs;

  RunSpans(List<RunSpan> known, List<RunEnd> ends, boolean finished, Places places) {
    this.places = places;
    note(ends, finished);
    runs.addAll(known);
    tellAll();
  }

  /** Tells of all places, as new ones. */
  void tellAll() {
    places.replaced(List.of(), placesOf(0, runs.size()));
  }

  private List<Place> placesOf(int from, int to) {
    var found = new ArrayList<Place>();
    for (int i = Math.max(0, from); i < Math.min(to, runs.size()); i++) {
      RunSpan run = runs.get(i);
      found.add(new Place(run.first().latDeg(), run.first().lonDeg(), false));
      if (i < runs.size() - 1 || isEnded(run)) {
        found.add(new Place(run.last().latDeg(), run.last().lonDeg(), true));
      }
    }
    return found;
  }

  private boolean isEnded(RunSpan run) {
    return run.last().tMs() <= endedMs;
  }

  /**
   * Takes over the ends of runs.
   *
   * @param finished whether there is no run at present
   */
  void end(List<RunEnd> ends, boolean finished) {
    List<Place> before = placesOf(runs.size() - 1, runs.size());
    note(ends, finished);
    places.replaced(before, placesOf(runs.size() - 1, runs.size()));
  }

  private void note(List<RunEnd> ends, boolean finished) {
    borders =
        ends.stream()
            .flatMap(end -> Stream.of(end.lastMs(), end.endedMs()))
            .distinct()
            .sorted()
            .toList();
    long saidMs = ends.stream().mapToLong(RunEnd::endedMs).max().orElse(0);
    endedMs = finished ? Long.MAX_VALUE : saidMs;
    endsFromMs = ends.size() < RunState.MOST_ENDS ? 0 : ends.getFirst().lastMs();
  }

  /** Forgets everything, to be told again. */
  void clear() {
    places.replaced(placesOf(0, runs.size()), List.of());
    runs.clear();
    forgottenMs = 0;
  }

  List<RunSpan> all() {
    return runs;
  }

  /** Where the newest run has come to. */
  @Nullable Spot last() {
    return runs.isEmpty() ? null : runs.getLast().last();
  }

  /** The newest moment of all, or 0. */
  long lastMs() {
    Spot last = last();
    return last == null ? 0 : last.tMs();
  }

  /** Everything up to this moment is hidden. */
  long hiddenUntilMs() {
    return Math.max(endsFromMs, forgottenMs);
  }

  void add(Position position) {
    if (position.tMs() <= hiddenUntilMs()) {
      return;
    }
    var spot = new Spot(position.tMs(), position.fix().latDeg(), position.fix().lonDeg());
    var one = new RunSpan(lastBorderBefore(position.tMs()), spot, spot);
    int found = Collections.binarySearch(runs, one, RunSpan.IN_ORDER);
    int next = found < 0 ? ~found : found + 1;
    boolean withNext = next < runs.size() && joins(one, runs.get(next));
    boolean withPrevious = next > 0 && joins(runs.get(next - 1), one);
    int from = withPrevious ? next - 1 : next;
    int to = withNext ? next + 1 : next;
    RunSpan whole = one;
    for (RunSpan part : runs.subList(from, to)) {
      whole = whole.and(part);
    }
    if (to - from != 1 || !whole.equals(runs.get(from))) {
      replace(from, to, whole);
    }
  }

  private long lastBorderBefore(long tMs) {
    int found = Collections.binarySearch(borders, tMs);
    int before = found < 0 ? ~found : found;
    return before == 0 ? 0 : borders.get(before - 1);
  }

  private static boolean joins(RunSpan earlier, RunSpan later) {
    return earlier.afterMs() == later.afterMs()
        && later.first().tMs() - earlier.last().tMs() <= Runs.SILENCE_MS;
  }

  private void replace(int from, int to, RunSpan whole) {
    List<Place> before = placesOf(from - 1, to + 1);
    runs.subList(from, to).clear();
    runs.add(from, whole);
    places.replaced(before, placesOf(from - 1, from + 2));
    if (runs.size() > MOST) {
      List<Place> oldest = placesOf(0, 1);
      forgottenMs = Math.max(forgottenMs, runs.removeFirst().last().tMs());
      places.replaced(oldest, List.of());
    }
  }
}
