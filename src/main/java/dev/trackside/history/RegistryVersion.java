package dev.trackside.history;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A state of a registry.
 *
 * @param id distinguishes the registry from every other; empty for none
 * @param revision how often it has changed
 */
record RegistryVersion(String id, long revision) {
  static RegistryVersion read(ResultSet row) throws SQLException {
    return new RegistryVersion(row.getString(1), row.getLong(2));
  }
}
