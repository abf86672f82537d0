package dev.trackside.history;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Failures of a database as sentences for the operator. */
final class Trouble {
  private Trouble() {}

  static String sentence(Path file, Throwable failure) {
    return switch (failure) {
      case Database.NewerSchema newer -> String.valueOf(newer.getMessage());
      case SQLiteException e -> sentence(file, e.getResultCode(), e);
      case SQLException e -> file + " cannot be used: " + e.getMessage() + ".";
      case IllegalArgumentException e -> damaged(file, e);
      default -> file + " cannot be used (" + failure + ").";
    };
  }

  private static String sentence(Path file, SQLiteErrorCode code, SQLiteException failure) {
    Path directory = file.resolveSibling("");
    return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
      case SQLITE_FULL ->
          "The disk of " + directory + " is full: nothing can be stored until there is room.";
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
          file + " cannot be written: let this user write to it and its directory.";
      case SQLITE_BUSY, SQLITE_LOCKED -> file + " is locked by another program: stop that program.";
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT -> damaged(file, failure);
      case SQLITE_CANTOPEN -> file + " cannot be opened: is " + directory + " still there?";
      default -> "The disk of " + directory + " is failing (" + failure.getMessage() + ").";
    };
  }

  private static String damaged(Path file, Exception failure) {
    return file
        + " is damaged: stop the server, and put back a copy or repair it with sqlite3's .recover ("
        + failure.getMessage()
        + ").";
  }
}
