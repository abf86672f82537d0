package dev.trackside.intake;

import dev.trackside.track.Verdict;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts the fixes of one source. Safe for use by many threads. */
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

  /** Verdicts are summed before what was received: what is under way never looks negative. */
  Counts sum() {
    long sumAccepted = accepted.sum();
    long sumLate = late.sum();
    long sumDuplicate = duplicate.sum();
    long sumRefused = refused.sum();
    long sumNoRoom = noRoom.sum();
    return new Counts(received.sum(), sumAccepted, sumLate, sumDuplicate, sumRefused, sumNoRoom);
  }
}
