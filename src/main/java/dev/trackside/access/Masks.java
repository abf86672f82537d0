package dev.trackside.access;

import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** The masks of those runners who have one. Safe for use by many threads. */
final class Masks {
  private final TrackLog log;
  private final Key.Hash secret;
  private final Map<Runner, Mask> masks = new ConcurrentHashMap<>();

  Masks(TrackLog log, Key.Hash secret) {
    this.log = log;
    this.secret = secret;
  }

  /** Hides a runner as his claim says, from now on. Waits for the log. */
  void put(Claim claim) {
    Mask known = masks.get(claim.runner());
    if (claim.maskM() == 0) {
      masks.remove(claim.runner());
    } else if (known != null) {
      known.widen(claim.maskM());
    } else {
      make(claim);
    }
  }

  /** Hides a runner by what the log says, and what was known of him. Waits for the log. */
  void renew(Claim claim) {
    Mask known = masks.get(claim.runner());
    if (known != null) {
      make(claim.run(0, known.places()));
    }
  }

  private void make(Claim claim) {
    var mask = new Mask(claim, secret);
    long walkedMs = walk(claim.runner(), claim.runFromMs(), mask);
    masks.put(claim.runner(), mask);
    walk(claim.runner(), walkedMs, mask); // what came meanwhile
    if (claim.finished()) {
      mask.endRun();
    }
  }

  /** Tells the mask what is in the log from this moment on; returns the last moment. */
  private long walk(Runner runner, long fromMs, Mask mask) {
    long tMs = fromMs;
    long seq = 0;
    List<Position> page;
    do {
      page = log.between(runner, tMs, seq, Long.MAX_VALUE, TrackLog.MOST);
      for (Position position : page) {
        mask.note(position.fix(), position.tMs());
        tMs = position.tMs();
        seq = position.seq();
      }
    } while (page.size() == TrackLog.MOST);
    return tMs;
  }

  void remove(Runner runner) {
    masks.remove(runner);
  }

  /**
   * Takes note of what is about to be stored.
   *
   * @param hear is told what it says of the runner's runs
   */
  void note(Runner runner, List<Fix> fixes, long nowMs, BiConsumer<Runner, Mask.News> hear) {
    Mask mask = masks.get(runner);
    if (mask != null) {
      for (Fix fix : fixes) {
        hear.accept(runner, mask.note(fix, fix.hasTime() ? Math.min(fix.tMs(), nowMs) : nowMs));
      }
    }
  }

  /** Tells apart what is hidden of a runner now from what was or will be; empty for nothing. */
  String tag(Runner runner) {
    Mask mask = masks.get(runner);
    return mask == null ? "" : "-" + mask.tag();
  }

  boolean hides(Position position, long nowMs) {
    if (masks.isEmpty()) {
      return false;
    }
    Mask mask = masks.get(position.runner());
    return mask != null && mask.hides(position.fix(), position.tMs(), nowMs);
  }

  /** The claim with what is known of the runs that are over. */
  Claim in(Claim claim) {
    Mask mask = masks.get(claim.runner());
    return mask == null ? claim : mask.in(claim);
  }

  void endRun(Runner runner) {
    Mask mask = masks.get(runner);
    if (mask != null) {
      mask.endRun();
    }
  }
}
