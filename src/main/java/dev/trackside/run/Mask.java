package dev.trackside.run;

import dev.trackside.access.Key;
import dev.trackside.access.RunState;
import dev.trackside.access.Zone;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hides where a runner's runs start and end from everybody without the key. A run ends when the
 * runner says so, or falls silent. The surroundings of the start are hidden from the first moment;
 * those of the end once the run is over, as nobody knows before where it will be. A runner who ends
 * where they started is hidden there all along. Safe for use by many threads.
 */
final class Mask {
  /** What a position says about the runs. */
  enum News {
    NONE,
    /** The run before it has ended. */
    RUN_ENDED,
    /** It belongs to an earlier run that the mask knows too little of: make a new mask. */
    STRAY
  }

  private final Key.Hash secret;
  private int maskM;
  private long runFromMs;
  private List<Zone> zones;
  private @Nullable Position first;
  private @Nullable Position last;
  private @Nullable Zone start;
  private @Nullable Zone end;
  private boolean strays;
  private boolean closed;

  /**
   * @param secret keeps others from computing the place inside a zone
   */
  Mask(int maskM, RunState run, Key.Hash secret) {
    this.secret = secret;
    this.maskM = maskM;
    this.runFromMs = run.fromMs();
    this.zones = run.zones();
  }

  /** Hides everything, as it is not known yet what has to be hidden. */
  synchronized void close() {
    closed = true;
  }

  synchronized void widen(int metres) {
    maskM = metres;
  }

  synchronized News note(Position position) {
    Fix fix = position.fix();
    long tMs = position.tMs();
    if (isStray(tMs)) {
      strays = true;
      return News.STRAY;
    }
    boolean another = last != null && tMs - last.tMs() > Runs.SILENCE_MS;
    if (another) {
      endRun();
    }
    if (first == null || tMs < first.tMs()) {
      first = position;
      start = start != null && Zones.covers(start, fix) ? start : around(fix);
    }
    if (last == null || tMs >= last.tMs()) {
      last = position;
      end = null;
    }
    return another ? News.RUN_ENDED : News.NONE;
  }

  /** Whether a moment belongs to an earlier run. */
  private boolean isStray(long tMs) {
    return tMs < runFromMs || (first != null && first.tMs() - tMs > Runs.SILENCE_MS);
  }

  /** A new zone, or null if another zone hides as much. */
  private @Nullable Zone around(Fix place) {
    return zones.stream().anyMatch(zone -> Zones.covers(zone, place))
        ? null
        : Zones.around(place, maskM, secret);
  }

  /** Ends the present run, if there is one. Later positions belong to another run. */
  synchronized void endRun() {
    if (last == null) {
      return;
    }
    zones = zones();
    runFromMs = last.tMs() + 1;
    first = null;
    last = null;
    start = null;
    end = null;
  }

  /** The zones that a new mask cannot infer from silences in the log. */
  synchronized List<Zone> places() {
    var all = new ArrayList<>(zones);
    if (start != null) {
      all.add(start);
    }
    return all;
  }

  /** The zones of all runs, as if the present run ended now. */
  private List<Zone> zones() {
    List<Zone> all = places();
    if (last != null && (start == null || !Zones.covers(start, last.fix()))) {
      Zone ending = around(last.fix());
      if (ending != null) {
        all.add(ending);
      }
    }
    return List.copyOf(all.subList(Math.max(0, all.size() - RunState.MOST_ZONES), all.size()));
  }

  synchronized boolean hides(Position position, long nowMs) {
    if (closed || (strays && isStray(position.tMs()))) {
      return true;
    }
    if (end == null && last != null && nowMs - last.tMs() > Runs.SILENCE_MS) {
      end = Zones.around(last.fix(), maskM, secret);
    }
    Fix fix = position.fix();
    return hides(start, fix)
        || hides(end, fix)
        || zones.stream().anyMatch(zone -> Zones.hides(zone, fix, maskM));
  }

  private boolean hides(@Nullable Zone zone, Fix fix) {
    return zone != null && Zones.hides(zone, fix, maskM);
  }

  synchronized String tag() {
    return Integer.toHexString(Objects.hash(maskM, runFromMs, zones, start, end, strays, closed));
  }

  /** The stored state with the runs that this mask knows to be over. */
  synchronized RunState in(RunState run) {
    return closed ? run : run.since(runFromMs, zones);
  }
}
