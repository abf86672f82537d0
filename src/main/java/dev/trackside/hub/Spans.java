package dev.trackside.hub;

import java.util.Map;
import java.util.TreeMap;

/** Sets of numbers without gaps: each what comes after a number, up to another. */
final class Spans {
  private final TreeMap<Long, Long> untilByAfter = new TreeMap<>();

  void add(long afterSeq, long untilSeq) {
    long after = afterSeq;
    long until = untilSeq;
    Map.Entry<Long, Long> before = untilByAfter.floorEntry(after);
    if (before != null && before.getValue() >= after) {
      after = before.getKey();
      until = Math.max(until, before.getValue());
    }
    for (Map.Entry<Long, Long> next = untilByAfter.ceilingEntry(after);
        next != null && next.getKey() <= until;
        next = untilByAfter.ceilingEntry(after)) {
      until = Math.max(until, next.getValue());
      untilByAfter.remove(next.getKey());
    }
    untilByAfter.put(after, until);
  }

  boolean cover(long seq) {
    Map.Entry<Long, Long> span = untilByAfter.lowerEntry(seq);
    return span != null && seq <= span.getValue();
  }

  /** The number up to which nothing is missing of what comes after another. */
  long endOf(long afterSeq) {
    Map.Entry<Long, Long> span = untilByAfter.floorEntry(afterSeq);
    return span == null ? afterSeq : Math.max(afterSeq, span.getValue());
  }

  int size() {
    return untilByAfter.size();
  }

  void clear() {
    untilByAfter.clear();
  }
}
