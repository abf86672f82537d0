package dev.trackside.history;

import dev.trackside.log.Newest;
import dev.trackside.log.OpenIds;
import dev.trackside.log.Store;
import dev.trackside.log.StoredLog;
import dev.trackside.track.Follower;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The positions of all runners in one SQLite database, and the log in front of it. */
final class SqliteStore implements Store, Follower {
  private final Readers readers;
  private final Writer writer;
  private final StoredTracks past;
  private final RegistryVersion reliedOn;
  private final List<Runner> found;
  private final StoredLog log;

  /**
   * Opens the store in a directory, and creates it if there is none.
   *
   * @param openIds the unclaimed runners; kept up to date by the log
   * @throws IOException if it cannot be opened; the message is a sentence for the operator
   */
  SqliteStore(
      Path directory,
      SequenceNumbers numbers,
      InstantSource clock,
      KeepSettings keep,
      OpenIds openIds,
      Sizes sizes)
      throws IOException {
    var database = new Database(directory.resolve("trackside.db"), keep.full(), "schema", 2);
    readers = new Readers(database);
    Newest newest;
    try (var opening = new Statements(database.openWriter())) {
      Recovery recovered = Recovery.read(opening);
      numbers.continueAfter(recovered.storedSeq());
      newest = new Newest(clock, numbers, sizes.memory(), this, openIds);
      var lost = new LostNumbers(opening, recovered.storedSeq(), newest.firstSeq());
      opening.commit();
      past = new StoredTracks(newest, readers, lost, openIds);
      past.restore(recovered.arrivals());
      openIds.restore(recovered.runners());
      newest.release(recovered.compactedSeq());
      reliedOn = recovered.registry();
      found = recovered.runners();
    } catch (UncheckedIOException e) {
      readers.close();
      throw new IOException(e.getMessage(), e);
    } catch (SQLException | RuntimeException e) {
      readers.close();
      throw new IOException(Trouble.sentence(database.file(), e), e);
    }
    var transactions = new Transactions(database, newest, sizes, keep, openIds, clock);
    writer = new Writer(transactions, keep.gather());
    log = new StoredLog(newest, past, past, this, openIds);
  }

  StoredLog log() {
    return log;
  }

  /** The registry that the positions relied on when the store was opened. */
  RegistryVersion reliedOn() {
    return reliedOn;
  }

  /** The runners who had positions when the store was opened. */
  List<Runner> found() {
    return found;
  }

  /** Records the registry that positions rely on from now on. */
  void relyOn(RegistryVersion registry) {
    writer.put(List.of(new JournalEntry.Relies(registry)));
  }

  @Override
  public void positions(List<Position> bunch) {
    var entries = new ArrayList<JournalEntry>(bunch.size());
    for (Position position : bunch) {
      entries.add(new JournalEntry.Arrived(position));
    }
    writer.put(entries);
  }

  /** Hides what is on disk until that is erased. */
  @Override
  public void erased(Runner runner) {
    past.hide(runner);
    writer.put(List.of(new JournalEntry.Forgotten(runner)));
    var _ = writer.durable(false).whenComplete((_, _) -> past.show(runner));
  }

  @Override
  public CompletableFuture<Void> durable(boolean soon) {
    return writer.durable(soon);
  }

  @Override
  public boolean isFull() {
    return writer.isFull();
  }

  @Override
  public void whenRoom(Runnable action) {
    writer.whenRoom(action);
  }

  @Override
  public Optional<String> trouble() {
    return writer.trouble();
  }

  @Override
  public void close() {
    readers.close(); // the last to close empties the write-ahead log, which a reader cannot
    writer.close();
  }
}
