package dev.trackside.history;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.trackside.log.Newest;
import dev.trackside.log.OpenIds;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Follower;
import dev.trackside.track.Following;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A log in one SQLite database. A position is numbered and told to followers in memory, and durable
 * once the writer has committed it. Reads merge memory with the tracks on disk.
 */
final class SqliteTrackLog implements TrackLog {
  private static final long ERASURE_TIMEOUT_SECONDS = 30;
  private static final String CLOSED = "The log is closed.";

  private final Newest newest;
  private final LostNumbers lost;
  private final Readers readers;
  private final Writer writer;
  private final StoredTracks past;
  private final OpenIds openIds;
  private final PendingLookups lookups = new PendingLookups();
  private final RegistryVersion reliedOn;
  private final List<Runner> found;
  private volatile boolean closed;

  /**
   * Opens the log in a directory, and creates it if there is none.
   *
   * @param openIds the unclaimed runners; kept up to date by this log
   * @throws IOException if it cannot be opened; the message is a sentence for the operator
   */
  SqliteTrackLog(
      Path directory,
      SequenceNumbers numbers,
      InstantSource clock,
      KeepSettings keep,
      OpenIds openIds,
      Sizes sizes)
      throws IOException {
    this.openIds = openIds;
    var database = new Database(directory.resolve("trackside.db"), keep.full(), "schema", 2);
    readers = new Readers(database);
    try (var opening = new Statements(database.openWriter())) {
      Recovery recovered = Recovery.read(opening);
      numbers.continueAfter(recovered.storedSeq());
      newest = new Newest(clock, numbers, sizes.memory(), new ToWriter(), openIds);
      lost = new LostNumbers(opening, recovered.storedSeq(), newest.firstSeq());
      opening.commit();
      past = new StoredTracks(newest, readers, openIds);
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
  }

  /** The registry that the positions relied on when the log was opened. */
  RegistryVersion reliedOn() {
    return reliedOn;
  }

  /** The runners who had positions when the log was opened. */
  List<Runner> found() {
    return found;
  }

  /** Records the registry that positions rely on from now on. */
  void relyOn(RegistryVersion registry) {
    writer.put(List.of(new JournalEntry.Relies(registry)));
  }

  /** Waits until everything so far is on the disk. */
  void awaitDurable() {
    writer.durable(true).join();
  }

  private final class ToWriter implements Follower {
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
  }

  /** The verdicts on numbered fixes, and when these are durable. */
  private record Numbered(List<Verdict> verdicts, CompletableFuture<Void> durable) {
    CompletableFuture<List<Verdict>> whenDurable() {
      return durable.thenApply(_ -> verdicts);
    }
  }

  @Override
  public CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes, boolean waits) {
    return append(runner, fixes, waits, null);
  }

  @Override
  public CompletionStage<List<Verdict>> append(
      Runner runner, List<Fix> fixes, boolean waits, @Nullable Object address) {
    if (closed) {
      return failedFuture(new UncheckedIOException(CLOSED, new IOException(CLOSED)));
    }
    if (!lookups.holdBack(runner)) {
      try {
        Optional<List<Verdict>> verdicts = newest.append(runner, fixes, address);
        if (verdicts.isPresent()) {
          return numbered(verdicts.get(), waits).whenDurable();
        }
      } catch (UncheckedIOException e) {
        return failedFuture(e);
      }
    }
    if (openIds.isFullFor(runner, address)) {
      return completedFuture(openIds.noRoomFor(runner, fixes.size()));
    }
    return lookups
        .add(
            runner,
            fixes.size(),
            () ->
                past.append(runner, fixes, address)
                    .thenApply(verdicts -> numbered(verdicts, waits)))
        .thenCompose(Numbered::whenDurable);
  }

  private Numbered numbered(List<Verdict> verdicts, boolean waits) {
    return new Numbered(verdicts, writer.durable(waits));
  }

  @Override
  public boolean isNew(Runner runner) {
    return openIds.isNew(runner) && !lookups.holdBack(runner);
  }

  @Override
  public void tellFirst(Follower witness) {
    newest.tellFirst(witness);
  }

  @Override
  public void showAnew(Runner runner) {
    newest.showAnew(runner);
  }

  @Override
  public Following follow(Feed feed, Follower follower) {
    return newest.follow(feed, follower);
  }

  @Override
  public List<Position> latest(Feed feed, int each) {
    return past.latest(feed, each);
  }

  @Override
  public List<Position> newest(Collection<Runner> runners) {
    return past.newest(runners);
  }

  @Override
  public Page after(Feed feed, long seq, int limit) {
    if (lost.contains(seq)) {
      return new Page.Gone();
    }
    if (seq > 0 && newest.after(feed, seq, limit) instanceof Page.Next next) {
      return next;
    }
    return past.after(feed, seq, limit);
  }

  @Override
  public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    return past.between(runner, fromMs, fromSeq, toMs, limit);
  }

  @Override
  public void forget(Runner runner) {
    newest.forget(runner);
    CompletableFuture<Void> gone = writer.durable(true);
    try {
      gone.copy().orTimeout(ERASURE_TIMEOUT_SECONDS, SECONDS).join();
    } catch (CompletionException e) {
      String why = trouble().orElse("The disk is too slow.");
      throw new UncheckedIOException(why, new IOException(e));
    }
  }

  @Override
  public boolean isFull() {
    return writer.isFull() || lookups.isFull();
  }

  @Override
  public void whenRoom(Runnable action) {
    lookups.whenRoom(() -> writer.whenRoom(action));
  }

  @Override
  public Optional<String> trouble() {
    return writer.trouble();
  }

  int followed() {
    return newest.followed();
  }

  /** Makes all positions durable, if the disk accepts them, and ends. */
  @Override
  public void close() {
    closed = true;
    readers.close(); // the last to close empties the write-ahead log, which a reader cannot
    writer.close();
    newest.clear();
  }
}
