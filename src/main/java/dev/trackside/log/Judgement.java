package dev.trackside.log;

import dev.trackside.track.Fix;
import dev.trackside.track.PhoneClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which fixes of one runner are new, and what their moments are. A pure function of what is stored,
 * the fixes and the clock, so it can be computed again when it is out of date. {@link Placement}
 * assigns numbers and decides which positions are late. Read-only.
 *
 * @param nowMs when the fixes arrived, epoch milliseconds
 * @param same for each fix: 0 if it is new; the number of the stored position that it repeats; or
 *     {@code ~i} if it repeats the {@code i}th fix
 */
record Judgement(List<Fix> fixes, long nowMs, long[] same) {
  /** What is stored of the runner. */
  interface Stored {
    /** The number of the stored position that a fix repeats, or 0. */
    long seqOf(Fix fix);
  }

  /** Judges each fix, in the given order. */
  static Judgement of(List<Fix> fixes, Stored stored, long nowMs) {
    int size = fixes.size();
    long[] same = new long[size];
    Map<FixKey, Integer> earlier = null;
    long newestMs = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      Fix fix = fixes.get(i);
      same[i] = stored.seqOf(fix);
      if (same[i] == 0 && fix.hasTime()) {
        if (earlier == null && fix.tMs() <= newestMs) {
          earlier = firstOfEach(fixes.subList(0, i));
        }
        newestMs = Math.max(newestMs, fix.tMs());
        Integer first = earlier == null ? null : earlier.putIfAbsent(FixKey.of(fix), i);
        same[i] = first == null ? 0 : ~first;
      }
    }
    return new Judgement(fixes, nowMs, same);
  }

  /** The moment of the {@code i}th fix, epoch milliseconds. */
  long momentMs(int i) {
    return PhoneClock.momentMs(fixes.get(i).tMs(), nowMs);
  }

  /** Not needed while moments grow: a backlog is nearly always in order. */
  private static Map<FixKey, Integer> firstOfEach(List<Fix> fixes) {
    var first = new HashMap<FixKey, Integer>();
    for (int i = 0; i < fixes.size(); i++) {
      if (fixes.get(i).hasTime()) {
        first.putIfAbsent(FixKey.of(fixes.get(i)), i);
      }
    }
    return first;
  }
}
