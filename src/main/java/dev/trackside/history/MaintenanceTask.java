package dev.trackside.history;

import java.sql.SQLException;

/** Background work of the writer: a small step in each transaction. */
interface MaintenanceTask {
  boolean isDue();

  /**
   * Does one step.
   *
   * @return the change of state to apply once the step is committed
   */
  Runnable step(Statements statements) throws SQLException;

  /** Starts from what is in the tables, at first and after a failure. */
  void begin(Statements statements) throws SQLException;
}
