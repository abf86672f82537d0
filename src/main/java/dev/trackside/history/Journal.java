package dev.trackside.history;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes entries over one connection. One thread at a time. */
final class Journal {
  private static final int MOST_CACHED = 10_000;
  private static final String INSERT = Rows.insert("arrival");

  /**
   * The outcome of one batch.
   *
   * @param erased the numbers of runners whose positions are to be overwritten
   */
  record Outcome(int arrived, List<Long> erased) {}

  private final Statements statements;
  private final Map<Runner, Long> numbers =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Runner, Long> eldest) {
          return size() > MOST_CACHED;
        }
      };

  Journal(Statements statements) {
    this.statements = statements;
  }

  Outcome write(List<JournalEntry> batch) throws SQLException {
    int arrived = 0;
    var erased = new ArrayList<Long>(0);
    PreparedStatement rows = statements.prepare(INSERT);
    rows.clearBatch(); // a failure may have left rows
    for (JournalEntry entry : batch) {
      switch (entry) {
        case JournalEntry.Arrived(Position position) -> {
          Rows.bind(rows, position, numberOf(position.runner(), position.seq()));
          rows.addBatch();
          arrived++;
        }
        case JournalEntry.Forgotten(Runner runner) -> {
          long no = knownNumberOf(runner);
          if (no != 0) {
            unlist(runner, no);
            erased.add(no);
          }
        }
        case JournalEntry.Relies(RegistryVersion registry) ->
            statements.change(
                "UPDATE registry SET id = ?, revision = ?", registry.id(), registry.revision());
      }
    }
    rows.executeBatch();
    if (!erased.isEmpty()) {
      eraseArrivals();
    }
    return new Outcome(arrived, erased);
  }

  private long numberOf(Runner runner, long seq) throws SQLException {
    long known = knownNumberOf(runner);
    if (known == 0) {
      statements.change("INSERT INTO runner (id, floor_seq) VALUES (?, ?)", runner.id(), seq);
      statements.change("INSERT OR IGNORE INTO race VALUES (?, ?)", runner.race(), seq);
      known = knownNumberOf(runner);
    }
    return known;
  }

  private long knownNumberOf(Runner runner) throws SQLException {
    Long number = numbers.get(runner);
    if (number == null) {
      number = statements.number("SELECT no FROM runner WHERE id = ?", runner.id());
      if (number != 0) {
        numbers.put(runner, number);
      }
    }
    return number;
  }

  /**
   * Makes the runner unfindable; whatever comes after has another number. {@link Erasure}
   * overwrites the positions in the tracks later.
   */
  private void unlist(Runner runner, long no) throws SQLException {
    statements.change("DELETE FROM runner WHERE no = ?", no);
    statements.change("INSERT INTO erased VALUES (?)", no);
    numbers.remove(runner);
  }

  /** Goes through the journal once, for all who are erased. */
  private void eraseArrivals() throws SQLException {
    String all = " WHERE runner IN (SELECT runner FROM erased)";
    statements.change(
        "UPDATE reach SET seq = max(seq, coalesce((SELECT max(seq) FROM arrival), 0))");
    statements.change("UPDATE arrival" + Rows.BLANKED + all);
    statements.change("DELETE FROM arrival" + all);
  }

  void unlearn(Runner runner) {
    numbers.remove(runner);
  }
}
