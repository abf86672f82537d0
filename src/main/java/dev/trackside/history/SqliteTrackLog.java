package dev.trackside.history;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Newest;
import dev.trackside.track.Numbers;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Unclaimed;
import dev.trackside.track.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The log in one SQLite database. A position is numbered and told in memory at once, and is durable
 * when the writer has committed it; it is read from memory as long as it is there, and from the
 * tracks on disk.
 */
public final class SqliteTrackLog implements TrackLog {
  private static final long PATIENCE_SECONDS = 30;
  private static final String CLOSED = "The log is closed.";

  private final Newest newest;
  private final Lost lost;
  private final Readers readers;
  private final Writer writer;
  private final Past past;
  private final Unclaimed unclaimed;
  private final Inquiries inquiries = new Inquiries();
  private volatile boolean closed;

  /**
   * Opens the log in a directory, and makes it when there is none.
   *
   * @param unclaimed the runners whom nobody has claimed; filled and kept by this log
   * @throws IOException when it cannot be opened; the message is a sentence for the operator
   */
  public SqliteTrackLog(
      Path directory, Numbers numbers, InstantSource clock, Keeping keeping, Unclaimed unclaimed)
      throws IOException {
    this(directory, numbers, clock, keeping, unclaimed, Sizes.USUAL);
  }

  SqliteTrackLog(
      Path directory,
      Numbers numbers,
      InstantSource clock,
      Keeping keeping,
      Unclaimed unclaimed,
      Sizes sizes)
      throws IOException {
    this.unclaimed = unclaimed;
    var database = new Database(directory.resolve("trackside.db"), keeping.full(), "schema", 1);
    readers = new Readers(database);
    try (var opening = new Statements(database.openWriter())) {
      Inherited inherited = Inherited.read(opening);
      numbers.continueAfter(inherited.storedSeq());
      newest = new Newest(clock, numbers, sizes.memory(), new Recording(), unclaimed);
      lost = new Lost(opening, inherited.storedSeq(), newest.firstSeq());
      opening.commit();
      past = new Past(newest, readers);
      past.restore(inherited.arrivals());
      unclaimed.restore(inherited.runners());
      newest.release(inherited.settledSeq());
    } catch (UncheckedIOException e) {
      readers.close();
      throw new IOException(e.getMessage(), e);
    } catch (SQLException | RuntimeException e) {
      readers.close();
      throw new IOException(Trouble.sentence(database.file(), e), e);
    }
    var ages = new Ages(keeping, unclaimed, clock);
    writer = new Writer(new Ledger(database, newest, sizes, ages), keeping.gather());
  }

  /** Hands what happens in memory to the writer. */
  private final class Recording implements Follower {
    @Override
    public void position(Position position) {
      writer.put(new Entry.Arrived(position));
    }

    @Override
    public void erased(Runner runner) {
      writer.put(new Entry.Erased(runner));
    }
  }

  /** Fixes that have their numbers, and when that is on the disk. */
  private record Numbered(List<Verdict> verdicts, CompletableFuture<Void> durable) {
    CompletableFuture<List<Verdict>> whenDurable() {
      return durable.thenApply(_ -> verdicts);
    }
  }

  @Override
  public CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes, boolean waits) {
    if (closed) {
      return failedFuture(new UncheckedIOException(CLOSED, new IOException(CLOSED)));
    }
    if (!inquiries.holdBack(runner)) {
      try {
        Optional<List<Verdict>> verdicts = newest.append(runner, fixes);
        if (verdicts.isPresent()) {
          return numbered(verdicts.get(), waits).whenDurable();
        }
      } catch (UncheckedIOException e) {
        return failedFuture(e);
      }
    }
    if (unclaimed.isFullFor(runner)) {
      return completedFuture(unclaimed.noRoomFor(runner, fixes.size()));
    }
    return inquiries
        .add(
            runner,
            fixes.size(),
            () -> past.append(runner, fixes).thenApply(verdicts -> numbered(verdicts, waits)))
        .thenCompose(Numbered::whenDurable);
  }

  /** Whether a runner is one more whom nobody has claimed and of whom there is nothing. */
  public boolean isNew(Runner runner) {
    return unclaimed.isNew(runner) && !inquiries.holdBack(runner);
  }

  private Numbered numbered(List<Verdict> verdicts, boolean waits) {
    return new Numbered(verdicts, writer.durable(waits));
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
  public Page after(Feed feed, long seq, int limit) {
    if (lost.holds(seq)) {
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
    past.hide(runner);
    newest.forget(runner);
    CompletableFuture<Void> gone = writer.durable(true);
    var _ = gone.whenComplete((_, _) -> past.show(runner));
    try {
      gone.copy().orTimeout(PATIENCE_SECONDS, SECONDS).join();
    } catch (CompletionException e) {
      String why = trouble().orElse("The disk is too slow.");
      throw new UncheckedIOException(why, new IOException(e));
    }
  }

  @Override
  public boolean isFull() {
    return writer.isFull() || inquiries.isFull();
  }

  @Override
  public void whenRoom(Runnable action) {
    inquiries.whenRoom(() -> writer.whenRoom(action));
  }

  @Override
  public Optional<String> trouble() {
    return writer.trouble();
  }

  /** How many feeds somebody follows. */
  public int followed() {
    return newest.followed();
  }

  /** Makes what has arrived durable, if the disk takes it, and ends. */
  @Override
  public void close() {
    closed = true;
    readers.close(); // who closes last empties the write-ahead log, and a reader cannot
    writer.close();
    newest.clear();
  }
}
