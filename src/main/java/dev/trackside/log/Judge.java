package dev.trackside.log;

import dev.trackside.track.Fix;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges fixes of one runner: which of them are new, and of what moment. A pure function of what is
 * known before, the fixes and the clock, so that it may run again when it was overtaken. Numbers,
 * and whether a position is late, come from {@link Placement}.
 */
public final class Judge {
  /** A phone's clock may be so far ahead of the server's; what is beyond gets the server's time. */
  private static final long AHEAD_MS = Duration.ofMinutes(2).toMillis();

  /** What is stored of a runner already. */
  public interface Stored {
    /** The number of the position that this fix would repeat, or 0. */
    long seqOf(Fix fix);
  }

  private Judge() {}

  /**
   * Judges each fix, in the order given.
   *
   * @param nowMs when they arrived, epoch milliseconds
   */
  public static Judgement judge(List<Fix> fixes, Stored stored, long nowMs) {
    int size = fixes.size();
    var judgement = new Judgement(fixes, nowMs, new long[size], new long[size]);
    Map<Moment, Integer> moments = null;
    long newestMs = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      Fix fix = fixes.get(i);
      judgement.tMs()[i] = momentOf(fix, nowMs);
      judgement.same()[i] = stored.seqOf(fix);
      if (judgement.same()[i] == 0 && fix.hasTime()) {
        boolean latest = fix.tMs() > newestMs;
        newestMs = Math.max(newestMs, fix.tMs());
        moments = moments == null && !latest ? momentsBefore(fixes, i) : moments;
        Integer before = moments == null ? null : moments.putIfAbsent(Moment.of(fix), i);
        judgement.same()[i] = before == null ? 0 : ~before;
      }
    }
    return judgement;
  }

  private static long momentOf(Fix fix, long nowMs) {
    return !fix.hasTime() || fix.tMs() > nowMs + AHEAD_MS ? nowMs : fix.tMs();
  }

  /** Needed only once moments do not grow any more: a backlog is in order nearly always. */
  private static Map<Moment, Integer> momentsBefore(List<Fix> fixes, int end) {
    var moments = new HashMap<Moment, Integer>();
    for (int i = 0; i < end; i++) {
      if (fixes.get(i).hasTime()) {
        moments.putIfAbsent(Moment.of(fixes.get(i)), i);
      }
    }
    return moments;
  }
}
