package dev.trackside.access;

import dev.trackside.track.Fix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What nobody sees of one runner but who has the key: where his runs begin and end. A run ends when
 * its runner says so, or falls silent. Around its beginning nothing is shown from the first moment
 * on; around its end nothing once it is over, for nobody knows before where that will be. Who ends
 * where he began is hidden there all along. Safe for use by many threads.
 */
final class Mask {
  private static final Duration SILENCE = Duration.ofHours(2);

  /** What a fix tells of the runs. */
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

  /**
   * @param secret what nobody else knows, so that nobody can work out where a zone's place is
   */
  Mask(Claim claim, Key.Hash secret) {
    this.secret = secret;
    this.maskM = claim.maskM();
    this.runFromMs = claim.runFromMs();
    this.zones = claim.zones();
  }

  synchronized void widen(int metres) {
    maskM = metres;
  }

  /** Takes note of a fix of this moment. */
  synchronized News note(Fix fix, long tMs) {
    if (isStray(tMs)) {
      strays = true;
      return News.STRAY;
    }
    boolean another = last != null && tMs - last.tMs > SILENCE.toMillis();
    if (another) {
      endRun();
    }
    if (first == null || tMs < first.tMs) {
      first = new Moment(fix, tMs);
      start = start != null && start.covers(fix) ? start : around(fix);
    }
    if (last == null || tMs >= last.tMs) {
      last = new Moment(fix, tMs);
      end = null;
    }
    return another ? News.RUN_ENDED : News.NONE;
  }

  /** Whether a moment belongs to an earlier run. */
  private boolean isStray(long tMs) {
    return tMs < runFromMs || (first != null && first.tMs - tMs > SILENCE.toMillis());
  }

  /** Nothing, when another zone hides as much. */
  private @Nullable Zone around(Fix place) {
    return zones.stream().anyMatch(zone -> zone.covers(place))
        ? null
        : Zone.around(place, maskM, secret);
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
    if (last != null && (start == null || !start.covers(last.fix))) {
      Zone ending = around(last.fix);
      if (ending != null) {
        all.add(ending);
      }
    }
    return List.copyOf(all.subList(Math.max(0, all.size() - Claim.MOST_ZONES), all.size()));
  }

  synchronized boolean hides(Fix fix, long tMs, long nowMs) {
    if (strays && isStray(tMs)) {
      return true;
    }
    if (end == null && last != null && nowMs - last.tMs > SILENCE.toMillis()) {
      end = Zone.around(last.fix, maskM, secret);
    }
    return hides(start, fix)
        || hides(end, fix)
        || zones.stream().anyMatch(zone -> zone.hides(fix, maskM));
  }

  private boolean hides(@Nullable Zone zone, Fix fix) {
    return zone != null && zone.hides(fix, maskM);
  }

  synchronized String tag() {
    return Integer.toHexString(Objects.hash(maskM, runFromMs, zones, start, end, strays));
  }

  /** The claim, with what is known of the runs that are over. */
  synchronized Claim in(Claim claim) {
    return claim.run(runFromMs, zones);
  }
}
