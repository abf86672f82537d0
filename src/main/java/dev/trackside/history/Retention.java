package dev.trackside.history;

import dev.trackside.track.Runner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Erases what arrived too long ago, runner by runner. */
final class Retention implements MaintenanceTask {
  private static final int STEP = 1_000;
  private static final int RUNNERS_A_STEP = 50;
  private static final Duration MOST_BETWEEN_ROUNDS = Duration.ofMinutes(10);

  /** Is told up to which number a runner's positions are gone, and whether they were the last. */
  interface Expired {
    void accept(Runner runner, long seq, boolean last);
  }

  private record Aged(long no, Runner runner) {
    static Aged read(ResultSet row) throws SQLException {
      return new Aged(row.getLong(1), new Runner(row.getString(2)));
    }
  }

  private final AgeLimits ages;
  private final Compaction compaction;
  private final Expired expired;
  private long begunMs;
  private int settledAfter;
  private boolean aging;
  private long doneNo;

  Retention(AgeLimits ages, Compaction compaction, Expired expired) {
    this.ages = ages;
    this.compaction = compaction;
    this.expired = expired;
  }

  boolean isEver() {
    return ages.shortest().isPositive();
  }

  @Override
  public boolean isDue() {
    if (isEver() && !aging && Math.abs(ages.nowMs() - begunMs) >= betweenRounds().toMillis()) {
      aging = true;
      begunMs = ages.nowMs();
      settledAfter = compaction.settleAll();
    }
    return aging && compaction.rounds() >= settledAfter;
  }

  @Override
  public void begin(Statements statements) {}

  @Override
  public Runnable step(Statements statements) throws SQLException {
    if (doneNo == 0) {
      ages.note(statements.number(0, "SELECT seq FROM reach"));
    }
    List<Aged> runners =
        statements.list(
            Aged::read,
            "SELECT no, id FROM runner WHERE no > ? ORDER BY no LIMIT ?",
            doneNo,
            RUNNERS_A_STEP);
    for (Aged aged : runners) {
      AgeLimit age = ages.of(aged.runner);
      long lastSeq = age.isEver() ? age.lastTooOld(statements, aged.no, ages.nowMs(), STEP) : 0;
      if (lastSeq > 0) {
        boolean last = erase(statements, aged, lastSeq);
        return () -> expired.accept(aged.runner, lastSeq, last);
      }
    }
    return () -> {
      aging = !runners.isEmpty();
      doneNo = aging ? runners.getLast().no : 0;
    };
  }

  private Duration betweenRounds() {
    Duration tenth = ages.shortest().dividedBy(10);
    return tenth.compareTo(MOST_BETWEEN_ROUNDS) < 0 ? tenth : MOST_BETWEEN_ROUNDS;
  }

  /** Returns whether nothing of the runner is left. */
  private static boolean erase(Statements statements, Aged aged, long lastSeq) throws SQLException {
    statements.change("DELETE FROM position WHERE runner = ? AND seq <= ?", aged.no, lastSeq);
    statements.change("UPDATE runner SET floor_seq = ? WHERE no = ?", lastSeq, aged.no);
    int gone =
        statements.change(
            "DELETE FROM runner WHERE no = ?1"
                + " AND NOT EXISTS (SELECT 1 FROM position WHERE runner = ?1)"
                + " AND NOT EXISTS (SELECT 1 FROM arrival WHERE runner = ?1)",
            aged.no);
    statements.change(
        "UPDATE race SET floor_seq = max(floor_seq, ?) WHERE id = ?", lastSeq, aged.runner.race());
    return gone > 0;
  }
}
