package dev.trackside.log;

import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Judged fixes in the order of the log: the new ones are positions.
 *
 * @param verdicts one for each fix
 * @param positions the new positions, in {@code seq} order
 */
record Placement(List<Verdict> verdicts, List<Position> positions) {
  /**
   * Numbers the new fixes of a judgement. Has no effect if it throws.
   *
   * @param newestMs the newest moment of the runner's positions, epoch milliseconds; nothing counts
   *     as newer than its arrival, or one clock that is ahead would make what follows late
   * @param newestSeq the number of the runner's newest position, or 0
   * @param numbers gives growing numbers, each once
   */
  static Placement of(
      Runner runner, Judgement judged, long newestMs, long newestSeq, LongSupplier numbers) {
    List<Fix> fixes = judged.fixes();
    var verdicts = new ArrayList<Verdict>(fixes.size());
    var positions = new ArrayList<Position>(fixes.size());
    long latestMs = Math.min(newestMs, judged.nowMs());
    long previousSeq = newestSeq;
    for (int i = 0; i < fixes.size(); i++) {
      long same = judged.same()[i];
      if (same != 0) {
        verdicts.add(new Verdict.Duplicate(same > 0 ? same : seqOf(verdicts.get((int) ~same))));
        continue;
      }
      long tMs = judged.momentMs(i);
      boolean late = tMs < latestMs;
      long seq = numbers.getAsLong();
      positions.add(
          new Position(runner, seq, tMs, judged.nowMs(), late, fixes.get(i), previousSeq));
      verdicts.add(late ? new Verdict.Late(seq) : new Verdict.Accepted(seq));
      latestMs = Math.max(latestMs, Math.min(tMs, judged.nowMs()));
      previousSeq = seq;
    }
    return new Placement(verdicts, positions);
  }

  private static long seqOf(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted(long seq) -> seq;
      case Verdict.Late(long seq) -> seq;
      case Verdict.Duplicate(long seq) -> seq;
      case Verdict.NoRoom _, Verdict.Refused _ ->
          throw new IllegalStateException("a fix can repeat only a fix that is stored");
    };
  }
}
