package dev.trackside.history;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.sql.SQLException;
import java.util.List;

/**
 * What the last process left behind.
 *
 * @param arrivals what had arrived and not been settled, in {@code seq} order
 * @param storedSeq the newest number that was ever stored
 * @param runners everybody of whom there are positions
 * @param registry the one that these positions rely on
 */
record Recovery(
    List<Position> arrivals, long storedSeq, List<Runner> runners, RegistryVersion registry) {
  /** Up to this number everything is settled. */
  long settledSeq() {
    return arrivals.isEmpty() ? storedSeq : arrivals.getFirst().seq() - 1;
  }

  static Recovery read(Statements statements) throws SQLException {
    statements.change(
        "UPDATE reach SET seq = max(seq, coalesce((SELECT max(seq) FROM arrival), 0))");
    statements.change(
        "DELETE FROM arrival WHERE EXISTS (SELECT 1 FROM position AS settled"
            + " WHERE settled.runner = arrival.runner AND settled.seq = arrival.seq)");
    List<Position> arrivals =
        statements.list(
            row -> Rows.read(row, new Runner(row.getString(17))),
            "SELECT "
                + Rows.COLUMNS
                + ", runner.id FROM arrival JOIN runner ON runner.no = arrival.runner ORDER BY seq");
    return new Recovery(
        arrivals,
        statements.number(0, "SELECT seq FROM reach"),
        statements.list(row -> new Runner(row.getString(1)), "SELECT id FROM runner"),
        statements
            .list(
                row -> new RegistryVersion(row.getString(1), row.getLong(2)),
                "SELECT id, revision FROM registry")
            .getFirst());
  }
}
