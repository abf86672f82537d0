package dev.trackside.history;

import java.sql.SQLException;

/** Work that the writer does beside its load, a small step in each transaction. */
interface MaintenanceTask {
  boolean isDue();

  /**
   * Does a step.
   *
   * @return what is to be noted once the step is committed
   */
  Runnable step(Statements statements) throws SQLException;

  /** Begins, or begins again after a failure, with what the tables say. */
  void begin(Statements statements) throws SQLException;
}
