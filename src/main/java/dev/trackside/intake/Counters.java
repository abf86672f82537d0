package dev.trackside.intake;

import dev.trackside.track.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the fixes of one source. When nothing is in flight, received = accepted + late + duplicate
 * + refused + noRoom; refused without a right or an open run, no room when the log could not take
 * them. Safe for use by many threads.
 */
final class Counters {
  private final LongAdder received = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder duplicate = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder noRoom = new LongAdder();

  void received(int fixes) {
    received.add(fixes);
  }

  void refused(int fixes) {
    refused.add(fixes);
  }

  void noRoom(int fixes) {
    noRoom.add(fixes);
  }

  void settled(List<Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      switch (verdict) {
        case Verdict.Accepted _ -> accepted.increment();
        case Verdict.Late _ -> late.increment();
        case Verdict.Duplicate _ -> duplicate.increment();
        case Verdict.Refused _ -> refused.increment();
        case Verdict.NoRoom _ -> noRoom.increment();
      }
    }
  }

  /** Adds the counts, each under its name with a prefix. */
  void addTo(Map<String, Long> numbers, String prefix) {
    numbers.put(prefix + "accepted", accepted.sum());
    numbers.put(prefix + "late", late.sum());
    numbers.put(prefix + "duplicate", duplicate.sum());
    numbers.put(prefix + "refused", refused.sum());
    numbers.put(prefix + "noRoom", noRoom.sum());
    numbers.put(prefix + "received", received.sum()); // last, so that it is never less than the sum
  }
}
