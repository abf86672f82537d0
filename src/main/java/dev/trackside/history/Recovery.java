package dev.trackside.history;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.sql.SQLException;
import java.util.List;

/**
 * What the last process left behind.
 *
 * @param arrivals the positions that are not compacted yet, in {@code seq} order
 * @param storedSeq the newest number that was ever stored
 * @param runners everybody who has positions, those first whose newest position is oldest
 * @param registry the registry that the positions rely on
 */
record Recovery(
    List<Position> arrivals, long storedSeq, List<Runner> runners, RegistryVersion registry) {
  /** Everything up to this number is compacted. */
  long compactedSeq() {
    return arrivals.isEmpty() ? storedSeq : arrivals.getFirst().seq() - 1;
  }

  static Recovery read(Statements statements) throws SQLException {
    statements.change(
        "UPDATE reach SET seq = max(seq, coalesce((SELECT max(seq) FROM arrival), 0))");
    statements.change(
        "DELETE FROM arrival WHERE EXISTS (SELECT 1 FROM position AS settled"
            + " WHERE settled.runner = arrival.runner AND settled.seq = arrival.seq)");
    return new Recovery(
        statements.list(
            Rows::readWithId,
            Rows.SELECT_WITH_ID
                + " FROM arrival JOIN runner ON runner.no = arrival.runner ORDER BY seq"),
        statements.number("SELECT seq FROM reach"),
        statements.list(
            row -> new Runner(row.getString(1)),
            "SELECT id FROM runner ORDER BY"
                + " (SELECT max(seq) FROM position WHERE position.runner = runner.no) NULLS LAST"),
        statements.list(RegistryVersion::read, "SELECT id, revision FROM registry").getFirst());
  }
}
