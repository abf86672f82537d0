package dev.trackside.history;

import java.sql.ResultSet;
import java.sql.SQLException;

/** A state of a registry: which one it is, empty for none, and how often it has changed. */
record RegistryVersion(String id, long revision) {
  /** Never the version of a registry that exists. */
  static final RegistryVersion LOST = new RegistryVersion("lost", 0);

  static RegistryVersion read(ResultSet row) throws SQLException {
    return new RegistryVersion(row.getString(1), row.getLong(2));
  }
}
