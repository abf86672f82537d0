package dev.trackside.history;

import static java.util.stream.Collectors.joining;

import dev.trackside.log.Newest;
import dev.trackside.log.RunnerPast;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.sql.SQLException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the table {@code position}. It is ordered by runner, so a read of a race looks into the
 * track of each of its runners. One thread at a time.
 */
final class PositionTable {
  private static final String OF_RUNNER = " FROM position WHERE runner = ?";

  /** The runners' ids that start with the race and a slash. */
  private static final String IN_RACE = " WHERE runner.id >= ? || '/' AND runner.id < ? || '0'";

  private static final String OF_RACE =
      Rows.SELECT_WITH_ID
          + " FROM runner CROSS JOIN position ON position.runner = runner.no"
          + IN_RACE;

  /**
   * The newest moment, as {@link Newest} counts it: that of the last position that was not late,
   * and no later than its arrival or that of any after it.
   */
  private static final String REACHED_MS =
      "SELECT coalesce((SELECT min(t_ms, arrived_ms, ifnull((SELECT min(arrived_ms)"
          + " FROM position later WHERE later.runner = p.runner AND later.seq > p.seq), arrived_ms))"
          + " FROM position p WHERE runner = ? AND late = 0 ORDER BY seq DESC LIMIT 1), ?)";

  private final Statements statements;

  PositionTable(Statements statements) {
    this.statements = statements;
  }

  private long numberOf(Runner runner) throws SQLException {
    return statements.number("SELECT no FROM runner WHERE id = ?", runner.id());
  }

  /** A runner's past, with the fixes that are stored already. */
  RunnerPast past(Runner runner, List<Fix> fixes, long version) throws SQLException {
    long no = numberOf(runner);
    List<Position> newest = latest(runner, 1);
    if (newest.isEmpty()) {
      return RunnerPast.nothing(version);
    }
    long tMs = statements.number("SELECT max(t_ms)" + OF_RUNNER, no);
    long givenMs =
        statements.number("SELECT max(given_ms)" + OF_RUNNER + " AND given_ms IS NOT NULL", no);
    long reachedMs = statements.number(REACHED_MS, no, tMs);
    return new RunnerPast(
        version, newest, reachedMs, Math.max(tMs, givenMs), duplicates(no, fixes));
  }

  private Map<Fix, Long> duplicates(long no, List<Fix> fixes) throws SQLException {
    String from = "SELECT seq FROM position INDEXED BY ";
    String place = " WHERE runner = ? AND lat_deg = ? AND lon_deg = ?";
    String asGiven =
        from + "position_by_time" + place + " AND t_ms = ? AND given_ms IS NULL LIMIT 1";
    String ahead = from + "position_by_given_time" + place + " AND given_ms = ? LIMIT 1";
    var found = new IdentityHashMap<Fix, Long>();
    for (Fix fix : fixes) {
      if (fix.hasTime()) {
        Object[] key = {no, fix.latDeg(), fix.lonDeg(), fix.tMs()};
        long seq = statements.number(asGiven, key);
        seq = seq == 0 ? statements.number(ahead, key) : seq;
        if (seq != 0) {
          found.put(fix, seq);
        }
      }
    }
    return found;
  }

  List<Runner> runners(String race) throws SQLException {
    String sql = "SELECT id FROM runner" + IN_RACE;
    return statements.list(row -> new Runner(row.getString(1)), sql, race, race);
  }

  List<Position> latest(Runner runner, int each) throws SQLException {
    String sql = Rows.SELECT + OF_RUNNER + " ORDER BY seq DESC LIMIT ?";
    return list(runner, sql, numberOf(runner), each).reversed();
  }

  Optional<Position> startOfLatest(Runner runner, long each, long untilSeq) throws SQLException {
    String start = "SELECT seq" + OF_RUNNER + " AND seq <= ? ORDER BY seq DESC LIMIT 1 OFFSET ?";
    String sql =
        Rows.SELECT
            + OF_RUNNER
            + " AND seq >= ifnull(("
            + start
            + "), 0) AND seq <= ?"
            + " ORDER BY seq LIMIT 1";
    long no = numberOf(runner);
    return list(runner, sql, no, no, untilSeq, each - 1, untilSeq).stream().findFirst();
  }

  /** The newest position of each of these runners. */
  List<Position> newest(Collection<Runner> runners) throws SQLException {
    String sql =
        Rows.SELECT_WITH_ID
            + " FROM json_each(?) AS asked CROSS JOIN runner ON runner.id = asked.value"
            + " CROSS JOIN position ON position.runner = runner.no AND seq ="
            + " (SELECT max(seq) FROM position AS own WHERE own.runner = runner.no)";
    String ids = runners.stream().map(Runner::id).collect(joining("\",\"", "[\"", "\"]"));
    return statements.list(Rows::readWithId, sql, ids);
  }

  Newest.Latest latest(String race, int each) throws SQLException {
    List<Long> runners =
        statements.list(row -> row.getLong(1), "SELECT no FROM runner" + IN_RACE, race, race);
    boolean all = hasAtMost(TrackReader.MOST, runners, each);
    int share = all ? each : Math.max(1, TrackReader.MOST / runners.size());
    String sql =
        OF_RACE
            + " AND seq >= coalesce((SELECT seq FROM position WHERE runner = runner.no"
            + " ORDER BY seq DESC LIMIT 1 OFFSET ?), 0) ORDER BY seq";
    return new Newest.Latest(statements.list(Rows::readWithId, sql, race, race, share - 1), all);
  }

  /** Whether {@code each} positions of each runner are at most {@code most} in total. */
  private boolean hasAtMost(int most, List<Long> runners, int each) throws SQLException {
    long left = most;
    for (int i = 0; i < runners.size() && left >= 0; i++) {
      left -=
          statements.number(
              "SELECT count(*) FROM (SELECT 1" + OF_RUNNER + " LIMIT ?)",
              runners.get(i),
              Math.min(each, left + 1));
    }
    return left >= 0;
  }

  List<Position> after(Runner runner, long seq, int limit) throws SQLException {
    String sql = Rows.SELECT + OF_RUNNER + " AND seq > ? ORDER BY seq LIMIT ?";
    return list(runner, sql, numberOf(runner), seq, limit);
  }

  /** Reads ever longer ranges of numbers until it has enough, so as not to sort a whole race. */
  List<Position> after(String race, long seq, int limit) throws SQLException {
    String sql = OF_RACE + " AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?";
    long newest = newestSeq(race);
    long next =
        statements.number(
            "SELECT min((SELECT min(seq) FROM position WHERE runner = runner.no AND seq > ?))"
                + " FROM runner"
                + IN_RACE,
            seq,
            race,
            race);
    long from = Math.max(seq, next - 1);
    for (long length = 4L * limit; ; length *= 4) {
      long to = from + length;
      List<Position> found = statements.list(Rows::readWithId, sql, race, race, from, to, limit);
      if (found.size() == limit || to >= newest) {
        return found;
      }
    }
  }

  List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit)
      throws SQLException {
    String range = " AND (t_ms, seq) > (?, ?) AND t_ms <= ? ORDER BY t_ms, seq LIMIT ?";
    String sql = Rows.SELECT + OF_RUNNER + range;
    return list(runner, sql, numberOf(runner), fromMs, fromSeq, toMs, limit);
  }

  private List<Position> list(Runner runner, String sql, Object... values) throws SQLException {
    return statements.list(row -> Rows.read(row, runner), sql, values);
  }

  long newestSeq(Runner runner) throws SQLException {
    return statements.number("SELECT max(seq)" + OF_RUNNER, numberOf(runner));
  }

  long newestSeq(String race) throws SQLException {
    return statements.number(
        "SELECT max((SELECT max(seq) FROM position WHERE runner = runner.no)) FROM runner"
            + IN_RACE,
        race,
        race);
  }

  /** A reader with an older number may have missed something. */
  long floorSeq(Runner runner) throws SQLException {
    String sql = "SELECT ifnull(max(floor_seq), ?) FROM runner WHERE id = ?";
    return statements.number(sql, Long.MAX_VALUE, runner.id());
  }

  /** A reader with an older number may have missed something. */
  long floorSeq(String race) throws SQLException {
    String sql = "SELECT ifnull(max(floor_seq), ?) FROM race WHERE id = ?";
    return statements.number(sql, Long.MAX_VALUE, race);
  }
}
