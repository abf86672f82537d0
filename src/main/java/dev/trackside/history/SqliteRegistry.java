package dev.trackside.history;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Link;
import dev.trackside.access.Registry;
import dev.trackside.access.Zone;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;

/** Claims and links in an SQLite database of their own, on one thread. */
public final class SqliteRegistry implements Registry {
  private static final Pattern BETWEEN_ZONES = Pattern.compile(";");

  private final Database database;
  private final Statements statements;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("registry").daemon().factory());

  /**
   * Opens the registry in a directory, and makes it when there is none.
   *
   * @throws IOException when it cannot be opened; the message is a sentence for the operator
   */
  public SqliteRegistry(Path directory) throws IOException {
    database = new Database(directory.resolve("access.db"), true, "registry", 2);
    try {
      statements = new Statements(database.openWriter());
    } catch (SQLException e) {
      throw new IOException(Trouble.sentence(database.file(), e), e);
    }
    checkReadable();
  }

  /** What nobody could use is told at the start. */
  private void checkReadable() throws IOException {
    try {
      claims();
      links();
    } catch (UncheckedIOException e) {
      close();
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public List<Claim> claims() {
    return run(
        () ->
            statements.list(
                SqliteRegistry::claim,
                "SELECT runner, name, key_hash, visibility, mask_m, finished_ms, run_from_ms,"
                    + " zones, claimed_ms, sos_ms FROM claim"));
  }

  private static Claim claim(ResultSet row) throws SQLException {
    return new Claim(
        new Runner(row.getString(1)),
        row.getString(2),
        new Key.Hash(row.getString(3)),
        Claim.Visibility.valueOf(row.getString(4)),
        row.getInt(5),
        row.getLong(10),
        row.getLong(6),
        row.getLong(7),
        zones(row.getString(8)),
        row.getLong(9));
  }

  private static List<Zone> zones(String text) {
    return text.isEmpty()
        ? List.of()
        : BETWEEN_ZONES.splitAsStream(text).map(SqliteRegistry::zone).toList();
  }

  private static Zone zone(String text) {
    String[] parts = text.split(",", 3);
    return new Zone(
        Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Integer.parseInt(parts[2]));
  }

  private static String text(List<Zone> zones) {
    return zones.stream()
        .map(zone -> zone.latDeg() + "," + zone.lonDeg() + "," + zone.slackM())
        .collect(joining(";"));
  }

  @Override
  public List<Link> links() {
    return run(
        () ->
            statements.list(
                SqliteRegistry::link, "SELECT id, feed, name, expires_ms, key_hash FROM link"));
  }

  private static Link link(ResultSet row) throws SQLException {
    return new Link(
        row.getString(1),
        Feed.of(row.getString(2)),
        row.getString(3),
        row.getLong(4),
        new Key.Hash(row.getString(5)));
  }

  @Override
  public void put(Claim claim) {
    change(
        () ->
            statements.change(
                "INSERT OR REPLACE INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                claim.runner().id(),
                claim.name(),
                claim.key().hex(),
                claim.visibility().name(),
                claim.maskM(),
                claim.finishedMs(),
                claim.runFromMs(),
                text(claim.zones()),
                claim.claimedMs(),
                claim.sosMs()));
  }

  @Override
  public void remove(Runner runner) {
    change(
        () -> {
          statements.change("DELETE FROM link WHERE feed = ?", runner.id());
          return statements.change("DELETE FROM claim WHERE runner = ?", runner.id());
        });
  }

  @Override
  public void put(Link link) {
    change(
        () ->
            statements.change(
                "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?)",
                link.id(),
                link.feed().toString(),
                link.name(),
                link.expiresMs(),
                link.key().hex()));
  }

  @Override
  public void remove(Link link) {
    change(() -> statements.change("DELETE FROM link WHERE id = ?", link.id()));
  }

  private void change(Callable<Integer> change) {
    run(
        () -> {
          try {
            Integer changed = change.call();
            statements.commit();
            return changed;
          } catch (SQLException | RuntimeException e) {
            statements.rollback();
            throw e;
          }
        });
  }

  private <T> T run(Callable<T> call) {
    try {
      return thread.submit(call).get();
    } catch (ExecutionException e) {
      Throwable cause = requireNonNull(e.getCause());
      throw new UncheckedIOException(
          Trouble.sentence(database.file(), cause), new IOException(cause));
    } catch (RejectedExecutionException | CancellationException e) {
      throw closed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw closed(e);
    }
  }

  private static UncheckedIOException closed(Exception e) {
    return new UncheckedIOException("The registry is closed.", new IOException(e));
  }

  @Override
  public void close() {
    run(
        () -> {
          statements.close();
          return true;
        });
    thread.close();
  }
}
