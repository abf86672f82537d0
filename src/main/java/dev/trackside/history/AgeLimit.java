package dev.trackside.history;

import java.sql.SQLException;
import java.time.Duration;

/**
 * An age that positions may reach, and what is older. The order of arrival is that of the numbers,
 * so whatever arrived before something too old is too old as well, whatever the clock said. One
 * thread at a time.
 */
final class AgeLimit {
  private final Duration keep;
  private long notedMs;
  private long notedSeq;
  private long overdueSeq;

  /**
   * @param keep how long a position is kept, from its arrival; zero for ever
   */
  AgeLimit(Duration keep) {
    this.keep = keep;
  }

  boolean isEver() {
    return keep.isPositive();
  }

  Duration keep() {
    return keep;
  }

  /**
   * Takes note that everything up to a number has arrived by now: when it was noted long enough
   * ago, all of that is too old, even what a clock that went ahead has dated into the future.
   */
  void note(long nowMs, long seq) {
    if (notedSeq != 0 && nowMs - notedMs >= keep.toMillis()) {
      overdueSeq = notedSeq;
      notedSeq = 0;
    }
    if (notedSeq == 0 || nowMs < notedMs) {
      notedMs = nowMs;
      notedSeq = seq;
    }
  }

  /**
   * The last of a runner's first {@code most} positions that is too old, or 0. What is dated into
   * the future says nothing of what came after it.
   */
  long lastTooOld(Statements statements, long runnerNo, long nowMs, int most) throws SQLException {
    long last =
        statements.number(
            0,
            "SELECT max(seq) FROM (SELECT seq, arrived_ms FROM position WHERE runner = ?"
                + " AND arrived_ms <= ? ORDER BY seq LIMIT ?) WHERE arrived_ms < ?",
            runnerNo,
            nowMs,
            most,
            nowMs - keep.toMillis());
    long overdue =
        statements.number(
            0,
            "SELECT seq FROM (SELECT seq, arrived_ms FROM position WHERE runner = ? AND seq <= ?"
                + " ORDER BY seq DESC LIMIT 1) WHERE arrived_ms > ?",
            runnerNo,
            overdueSeq,
            nowMs);
    return statements.number(
        0,
        "SELECT max(seq) FROM (SELECT seq FROM position WHERE runner = ? AND seq <= ?"
            + " ORDER BY seq LIMIT ?)",
        runnerNo,
        Math.max(last, overdue),
        most);
  }
}
