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
 * What nobody sees of one runner but who has the key: where their runs begin and end. A run ends
 * when its runner says so, or falls silent. Around its beginning nothing is shown from the first
 * moment on; around its end nothing once it is over, for nobody knows before where that will be.
 * Who ends where they began is hidden there all along. Safe for use by many threads.
 */
final class Mask {
  /** What a position tells of the runs. */
  enum News {
    NONE,
    /** The run before it has ended. */
    RUN_ENDED,
    /** It belongs to an earlier run, of which the mask knows too little: it must be made anew. */
    STRAY
  }

  private record Moment(Fix fix, long tMs) {}

  private final Key.Hash secret;
  private int maskM;
  private long runFromMs;
  private List<Zone> zones;
  private @Nullable Moment first;
  private @Nullable Moment last;
  private @Nullable Zone start;
  private @Nullable Zone end;
  private boolean strays;
  private boolean closed;

  /**
   * @param secret what nobody else knows, so that nobody can work out where a zone's place is
   */
  Mask(int maskM, RunState run, Key.Hash secret) {
    this.secret = secret;
    this.maskM = maskM;
    this.runFromMs = run.fromMs();
    this.zones = run.zones();
  }

  /** Hides everything: nothing is known yet of what there is to hide. */
  synchronized void close() {
    closed = true;
  }

  synchronized void widen(int metres) {
    maskM = metres;
  }

  /** Takes note of a position. */
  synchronized News note(Position position) {
    Fix fix = position.fix();
    long tMs = position.tMs();
    if (isStray(tMs)) {
      strays = true;
      return News.STRAY;
    }
    boolean another = last != null && tMs - last.tMs > Runs.SILENCE_MS;
    if (another) {
      endRun();
    }
    if (first == null || tMs < first.tMs) {
      first = new Moment(fix, tMs);
      start = start != null && Zones.covers(start, fix) ? start : around(fix);
    }
    if (last == null || tMs >= last.tMs) {
      last = new Moment(fix, tMs);
      end = null;
    }
    return another ? News.RUN_ENDED : News.NONE;
  }

  /** Whether a moment belongs to an earlier run. */
  private boolean isStray(long tMs) {
    return tMs < runFromMs || (first != null && first.tMs - tMs > Runs.SILENCE_MS);
  }

  /** Nothing, when another zone hides as much. */
  private @Nullable Zone around(Fix place) {
    return zones.stream().anyMatch(zone -> Zones.covers(zone, place))
        ? null
        : Zones.around(place, maskM, secret);
  }

  /** Ends the present run, if there is one; what comes behind it belongs to another. */
  synchronized void endRun() {
    if (last == null) {
      return;
    }
    zones = zones();
    runFromMs = last.tMs + 1;
    first = null;
    last = null;
    start = null;
    end = null;
  }

  /** What a mask that is made anew cannot learn from the log, for no silence tells it. */
  synchronized List<Zone> places() {
    var all = new ArrayList<>(zones);
    if (start != null) {
      all.add(start);
    }
    return all;
  }

  /** Where this run and those before it began and, as if it ended now, ended. */
  private List<Zone> zones() {
    List<Zone> all = places();
    if (last != null && (start == null || !Zones.covers(start, last.fix))) {
      Zone ending = around(last.fix);
      if (ending != null) {
        all.add(ending);
      }
    }
    return List.copyOf(all.subList(Math.max(0, all.size() - RunState.MOST_ZONES), all.size()));
  }

  synchronized boolean hides(Fix fix, long tMs, long nowMs) {
    if (closed || (strays && isStray(tMs))) {
      return true;
    }
    if (end == null && last != null && nowMs - last.tMs > Runs.SILENCE_MS) {
      end = Zones.around(last.fix, maskM, secret);
    }
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

  /** What is stored of the runs, with what is known of those that are over. */
  synchronized RunState in(RunState run) {
    return closed ? run : run.since(runFromMs, zones);
  }
}
