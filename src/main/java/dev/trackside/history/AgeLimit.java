package dev.trackside.history;

import java.sql.SQLException;
import java.time.Duration;

/**
 * Finds positions that are too old. Numbers give the order of arrival, so everything that arrived
 * before a position that is too old is too old as well, and everything that arrived after a fresh
 * one is fresh, whatever the server's clock said. One thread at a time.
 */
final class AgeLimit {
  private final Duration keep;
  private long notedMs;
  private long notedSeq;
  private long overdueSeq;
  private long freshSeq = Long.MAX_VALUE;

  /**
   * @param keep how long a position is kept after its arrival; zero keeps it forever
   */
  AgeLimit(Duration keep) {
    this.keep = keep;
  }

  Duration keep() {
    return keep;
  }

  /**
   * Notes that everything up to a number has arrived by now. Once the note is old enough, all of
   * that is too old, including positions dated into the future by a clock that was ahead.
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

  /** Forgets what was fresh, before everybody's positions are looked through again. */
  void beginRound() {
    freshSeq = Long.MAX_VALUE;
  }

  /** Notes the first fresh position of a runner, of those that the clock has reached. */
  void noteFresh(Statements statements, long runnerNo, long nowMs) throws SQLException {
    long first =
        statements.number(
            "SELECT seq FROM position WHERE runner = ? AND arrived_ms BETWEEN ? AND ?"
                + " ORDER BY seq LIMIT 1",
            runnerNo,
            nowMs - keep.toMillis(),
            nowMs);
    freshSeq = first == 0 ? freshSeq : Math.min(freshSeq, first);
  }

  /**
   * The last of a runner's first {@code most} positions that is too old, or 0. A position dated
   * into the future says nothing about the ones behind it. None arrived before its phone had the
   * fix: while the server's clock was behind, that tells more.
   */
  long lastTooOld(Statements statements, long runnerNo, long nowMs, int most) throws SQLException {
    long last =
        statements.number(
            "SELECT max(seq) FROM (SELECT seq, max(arrived_ms, iif(given_ms <= ?, given_ms, 0)) AS ms"
                + " FROM position WHERE runner = ? AND seq < ? AND arrived_ms <= ?"
                + " ORDER BY seq LIMIT ?) WHERE ms < ?",
            nowMs,
            runnerNo,
            freshSeq,
            nowMs,
            most,
            nowMs - keep.toMillis());
    long overdue =
        statements.number(
            "SELECT seq FROM (SELECT seq, arrived_ms FROM position WHERE runner = ? AND seq <= ?"
                + " ORDER BY seq DESC LIMIT 1) WHERE arrived_ms > ?",
            runnerNo,
            overdueSeq,
            nowMs);
    return statements.number(
        "SELECT max(seq) FROM (SELECT seq FROM position WHERE runner = ? AND seq <= ?"
            + " ORDER BY seq LIMIT ?)",
        runnerNo,
        Math.max(last, overdue),
        most);
  }
}
