package dev.trackside.history;

import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Link;
import dev.trackside.access.Privacy;
import dev.trackside.access.RegistryEntry;
import dev.trackside.access.RunState;
import dev.trackside.access.Secret;
import dev.trackside.access.Visibility;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Registry entries as rows of the registry's tables, and back. One thread at a time. */
final class RegistryRows {
  private static final String CLAIMS =
      "SELECT runner, name, key_hash, visibility, mask_m, finished_ms, zones, claimed_ms, sos_ms,"
          + " used, ends, past FROM claim";
  private static final String LINKS = "SELECT id, feed, name, expires_ms, key_hash FROM link";
  private static final String SECRETS = "SELECT name, value FROM secret";

  private final Statements statements;

  RegistryRows(Statements statements) {
    this.statements = statements;
  }

  RegistryVersion version() throws SQLException {
    return statements.list(RegistryVersion::read, "SELECT id, revision FROM identity").getFirst();
  }

  void countChange() throws SQLException {
    statements.change("UPDATE identity SET revision = revision + 1");
  }

  /** All entries: secrets, then claims, then links. */
  List<RegistryEntry> all() throws SQLException {
    var all = new ArrayList<RegistryEntry>();
    all.addAll(statements.list(RegistryRows::secret, SECRETS));
    all.addAll(statements.list(RegistryRows::claim, CLAIMS));
    all.addAll(statements.list(RegistryRows::link, LINKS));
    return all;
  }

  /** The stored entry with the same id, or null. */
  @Nullable RegistryEntry find(RegistryEntry entry) throws SQLException {
    List<? extends RegistryEntry> found =
        switch (entry) {
          case Claim claim ->
              statements.list(
                  RegistryRows::claim, CLAIMS + " WHERE runner = ?", claim.runner().id());
          case Link link -> statements.list(RegistryRows::link, LINKS + " WHERE id = ?", link.id());
          case Secret secret ->
              statements.list(RegistryRows::secret, SECRETS + " WHERE name = ?", secret.name());
        };
    return found.isEmpty() ? null : found.getFirst();
  }

  boolean put(RegistryEntry entry) throws SQLException {
    int changed =
        switch (entry) {
          case Claim claim ->
              statements.change(
                  "INSERT OR REPLACE INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  claim.runner().id(),
                  claim.name(),
                  claim.key().hex(),
                  claim.visibility().name(),
                  claim.privacy().maskM(),
                  claim.run().finishedMs(),
                  RunText.ofZones(claim.run().zones()),
                  claim.claimedMs(),
                  claim.run().sosMs(),
                  claim.used() ? 1 : 0,
                  RunText.ofEnds(claim.run().ends()),
                  RunText.of(claim.run().past()));
          case Link link ->
              statements.change(
                  "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?)",
                  link.id(),
                  link.feed().toString(),
                  link.name(),
                  link.expiresMs(),
                  link.key().hex());
          case Secret secret ->
              statements.change(
                  "INSERT OR REPLACE INTO secret VALUES (?, ?)",
                  secret.name(),
                  secret.value().hex());
        };
    return changed > 0;
  }

  boolean remove(RegistryEntry entry) throws SQLException {
    int changed =
        switch (entry) {
          case Claim claim ->
              statements.change("DELETE FROM claim WHERE runner = ?", claim.runner().id());
          case Link link -> statements.change("DELETE FROM link WHERE id = ?", link.id());
          case Secret secret ->
              statements.change("DELETE FROM secret WHERE name = ?", secret.name());
        };
    markSwept(false);
    return changed > 0;
  }

  /** Whether bytes of removed entries may still be in the files. */
  boolean isUnswept() throws SQLException {
    return statements.number("SELECT unswept FROM identity") != 0;
  }

  void markSwept(boolean swept) throws SQLException {
    statements.change("UPDATE identity SET unswept = ?", swept ? 0 : 1);
  }

  private static Claim claim(ResultSet row) throws SQLException {
    var run =
        new RunState(
            row.getLong(9),
            row.getLong(6),
            RunText.ends(row.getString(11)),
            RunText.zones(row.getString(7)),
            RunText.past(row.getString(12)));
    return new Claim(
        new Runner(row.getString(1)),
        row.getString(2),
        new Key.Hash(row.getString(3)),
        Visibility.valueOf(row.getString(4)),
        new Privacy(row.getInt(5)),
        run,
        row.getLong(8),
        row.getInt(10) != 0);
  }

  private static Link link(ResultSet row) throws SQLException {
    return new Link(
        row.getString(1),
        Feed.of(row.getString(2)),
        row.getString(3),
        row.getLong(4),
        new Key.Hash(row.getString(5)));
  }

  private static Secret secret(ResultSet row) throws SQLException {
    return new Secret(row.getString(1), new Key.Hash(row.getString(2)));
  }
}
