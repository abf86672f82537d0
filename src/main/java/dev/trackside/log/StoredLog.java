package dev.trackside.log;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.concurrent.TimeUnit.SECONDS;

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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A log that orders positions itself. A position is numbered and told to followers in memory, and
 * durable once the store has it.
 */
public final class StoredLog implements TrackLog {
  private static final long ERASURE_TIMEOUT_SECONDS = 30;
  private static final String CLOSED = "The log is closed.";

  private final Newest newest;
  private final Past past;
  private final Lookup lookup;
  private final Store store;
  private final OpenIds openIds;
  private final PendingLookups lookups = new PendingLookups();
  private volatile boolean closed;

  /**
   * @param newest has the store as its journal
   * @param openIds the unclaimed runners; kept up to date by {@code newest}
   */
  public StoredLog(Newest newest, Past past, Lookup lookup, Store store, OpenIds openIds) {
    this.newest = newest;
    this.past = past;
    this.lookup = lookup;
    this.store = store;
    this.openIds = openIds;
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
                lookup
                    .append(runner, fixes, address)
                    .thenApply(verdicts -> numbered(verdicts, waits)))
        .thenCompose(Numbered::whenDurable);
  }

  private Numbered numbered(List<Verdict> verdicts, boolean waits) {
    return new Numbered(verdicts, store.durable(waits));
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
  public Optional<Position> startOfLatest(Runner runner, int each, long untilSeq) {
    return past.startOfLatest(runner, each, untilSeq);
  }

  @Override
  public List<Position> newest(Collection<Runner> runners) {
    return past.newest(runners);
  }

  @Override
  public Page after(Feed feed, long seq, int limit) {
    return past.after(feed, seq, limit);
  }

  @Override
  public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    return past.between(runner, fromMs, fromSeq, toMs, limit);
  }

  @Override
  public void forget(Runner runner) {
    newest.forget(runner);
    CompletableFuture<Void> gone = store.durable(true);
    try {
      gone.copy().orTimeout(ERASURE_TIMEOUT_SECONDS, SECONDS).join();
    } catch (CompletionException e) {
      String why = trouble().orElse("The disk is too slow.");
      throw new UncheckedIOException(why, new IOException(e));
    }
  }

  @Override
  public boolean isFull() {
    return store.isFull() || lookups.isFull();
  }

  @Override
  public void whenRoom(Runnable action) {
    lookups.whenRoom(() -> store.whenRoom(action));
  }

  @Override
  public Optional<String> trouble() {
    return store.trouble();
  }

  /** The number of feeds that have followers. */
  public int followed() {
    return newest.followed();
  }

  @Override
  public void close() {
    closed = true;
    store.close();
    newest.clear();
  }
}
