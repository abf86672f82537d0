package dev.trackside.history;

import dev.trackside.track.Runner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ObjLongConsumer;

/**
 * Erases what arrived too long ago, runner by runner. The order of arrival is that of the numbers,
 * so whatever arrived before something too old is too old as well, whatever the clock said.
 */
final class Aging implements Chore {
  private static final int STEP = 1_000;
  private static final int RUNNERS_A_STEP = 50;
  private static final Duration MOST_BETWEEN_ROUNDS = Duration.ofMinutes(10);

  private record Aged(long no, String id) {
    static Aged read(ResultSet row) throws SQLException {
      return new Aged(row.getLong(1), row.getString(2));
    }
  }

  private final Duration keep;
  private final InstantSource clock;
  private final Settling settling;
  private final ObjLongConsumer<Runner> expired;
  private long begunMs;
  private int settledAfter;
  private boolean aging;
  private long doneNo;

  /**
   * The chore for one log.
   *
   * @param keep how long a position is kept, from its arrival; zero for ever
   * @param expired is told up to which number a runner's positions are gone
   */
  Aging(Duration keep, InstantSource clock, Settling settling, ObjLongConsumer<Runner> expired) {
    this.keep = keep;
    this.clock = clock;
    this.settling = settling;
    this.expired = expired;
  }

  boolean isEver() {
    return keep.isPositive();
  }

  @Override
  public boolean isDue() {
    if (isEver() && !aging && Math.abs(clock.millis() - begunMs) >= betweenRounds().toMillis()) {
      aging = true;
      begunMs = clock.millis();
      settledAfter = settling.settleAll();
    }
    return aging && settling.rounds() >= settledAfter;
  }

  @Override
  public void begin(Statements statements) {}

  @Override
  public Runnable step(Statements statements) throws SQLException {
    long nowMs = clock.millis();
    long oldestMs = nowMs - keep.toMillis();
    List<Aged> runners =
        statements.list(
            Aged::read,
            "SELECT no, id FROM runner WHERE no > ? ORDER BY no LIMIT ?",
            doneNo,
            RUNNERS_A_STEP);
    for (Aged runner : runners) {
      long lastSeq = lastTooOld(statements, runner, nowMs, oldestMs);
      if (lastSeq > 0) {
        erase(statements, runner, lastSeq);
        return () -> expired.accept(new Runner(runner.id), lastSeq);
      }
    }
    return () -> {
      aging = !runners.isEmpty();
      doneNo = aging ? runners.getLast().no : 0;
    };
  }

  private Duration betweenRounds() {
    Duration tenth = keep.dividedBy(10);
    return tenth.compareTo(MOST_BETWEEN_ROUNDS) < 0 ? tenth : MOST_BETWEEN_ROUNDS;
  }

  /**
   * The last of those to be erased in this step, or 0. What a clock that went ahead has dated into
   * the future says nothing of what came after it.
   */
  private static long lastTooOld(Statements statements, Aged runner, long nowMs, long oldestMs)
      throws SQLException {
    long last =
        statements.number(
            0,
            "SELECT max(seq) FROM (SELECT seq, arrived_ms FROM position WHERE runner = ?"
                + " AND arrived_ms <= ? ORDER BY seq LIMIT ?) WHERE arrived_ms < ?",
            runner.no,
            nowMs,
            STEP,
            oldestMs);
    return statements.number(
        0,
        "SELECT max(seq) FROM (SELECT seq FROM position WHERE runner = ? AND seq <= ?"
            + " ORDER BY seq LIMIT ?)",
        runner.no,
        last,
        STEP);
  }

  private static void erase(Statements statements, Aged runner, long lastSeq) throws SQLException {
    statements.change("DELETE FROM position WHERE runner = ? AND seq <= ?", runner.no, lastSeq);
    statements.change("UPDATE runner SET floor_seq = ? WHERE no = ?", lastSeq, runner.no);
    statements.change(
        "DELETE FROM runner WHERE no = ?1 AND NOT EXISTS (SELECT 1 FROM position WHERE runner = ?1)"
            + " AND NOT EXISTS (SELECT 1 FROM arrival WHERE runner = ?1)",
        runner.no);
    statements.change(
        "UPDATE race SET floor_seq = max(floor_seq, ?) WHERE id = ?",
        lastSeq,
        new Runner(runner.id).race());
  }
}
