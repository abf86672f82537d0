package dev.trackside.history;

import static java.util.Comparator.naturalOrder;

import dev.trackside.log.OpenIds;
import dev.trackside.track.Runner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Erases positions that are too old, runner by runner. */
final class Retention implements MaintenanceTask {
  private static final int STEP = 1_000;
  private static final int RUNNERS_A_STEP = 50;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /** Is told the number up to which a runner's positions are gone, and whether none are left. */
  interface Expired {
    void accept(Runner runner, long seq, boolean last);
  }

  private record Candidate(long no, Runner runner) {
    static Candidate read(ResultSet row) throws SQLException {
      return new Candidate(row.getLong(1), new Runner(row.getString(2)));
    }
  }

  private final AgeLimit claimed;
  private final AgeLimit unclaimed;
  private final OpenIds openIds;
  private final InstantSource clock;
  private final Compaction compaction;
  private final Expired expired;
  private long begunMs;
  private int compactedAfter;
  private boolean running;
  private boolean looking;
  private long doneNo;

  Retention(
      KeepSettings keep,
      OpenIds openIds,
      InstantSource clock,
      Compaction compaction,
      Expired expired) {
    this.claimed = new AgeLimit(keep.keep());
    this.unclaimed =
        new AgeLimit(
            Stream.of(keep.keep(), keep.keepUnclaimed())
                .filter(Duration::isPositive)
                .min(naturalOrder())
                .orElse(Duration.ZERO));
    this.openIds = openIds;
    this.clock = clock;
    this.compaction = compaction;
    this.expired = expired;
  }

  /** Whether any positions expire. */
  boolean isLimited() {
    return unclaimed.keep().isPositive();
  }

  @Override
  public boolean isDue() {
    if (isLimited() && !running && Math.abs(clock.millis() - begunMs) >= pause().toMillis()) {
      running = true;
      looking = true;
      begunMs = clock.millis();
      compactedAfter = compaction.compactAll();
    }
    return running && compaction.rounds() >= compactedAfter;
  }

  private Duration pause() {
    Duration tenth = unclaimed.keep().dividedBy(10);
    return tenth.compareTo(LONGEST_PAUSE) < 0 ? tenth : LONGEST_PAUSE;
  }

  @Override
  public void begin(Statements statements) {}

  @Override
  public Runnable step(Statements statements) throws SQLException {
    long nowMs = begunMs; // one moment for the whole round
    if (looking && doneNo == 0) {
      claimed.beginRound();
      unclaimed.beginRound();
      long seq = statements.number("SELECT seq FROM reach");
      claimed.note(nowMs, seq);
      unclaimed.note(nowMs, seq);
    }
    List<Candidate> candidates =
        statements.list(
            Candidate::read,
            "SELECT no, id FROM runner WHERE no > ? ORDER BY no LIMIT ?",
            doneNo,
            RUNNERS_A_STEP);
    boolean erasing = !looking;
    for (Candidate one : candidates) {
      if (looking) {
        claimed.noteFresh(statements, one.no, nowMs);
        unclaimed.noteFresh(statements, one.no, nowMs);
        continue;
      }
      AgeLimit limit = openIds.isClaimed(one.runner) ? claimed : unclaimed;
      long lastSeq =
          limit.keep().isPositive() ? limit.lastTooOld(statements, one.no, nowMs, STEP) : 0;
      if (lastSeq > 0) {
        boolean last = erase(statements, one, lastSeq);
        return () -> expired.accept(one.runner, lastSeq, last);
      }
    }
    return () -> {
      looking = !erasing && !candidates.isEmpty();
      running = !erasing || !candidates.isEmpty();
      doneNo = candidates.isEmpty() ? 0 : candidates.getLast().no;
    };
  }

  /** Returns whether the runner has no positions left. */
  private static boolean erase(Statements statements, Candidate one, long lastSeq)
      throws SQLException {
    statements.change("DELETE FROM position WHERE runner = ? AND seq <= ?", one.no, lastSeq);
    statements.change("UPDATE runner SET floor_seq = ? WHERE no = ?", lastSeq, one.no);
    int gone =
        statements.change(
            "DELETE FROM runner WHERE no = ?1"
                + " AND NOT EXISTS (SELECT 1 FROM position WHERE runner = ?1)"
                + " AND NOT EXISTS (SELECT 1 FROM arrival WHERE runner = ?1)",
            one.no);
    statements.change(
        "UPDATE race SET floor_seq = max(floor_seq, ?) WHERE id = ?", lastSeq, one.runner.race());
    return gone > 0;
  }
}
