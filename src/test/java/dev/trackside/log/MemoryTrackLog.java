package dev.trackside.log;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Follower;
import dev.trackside.track.Following;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A log in memory alone: gone when the process ends, so positions are durable at once. */
public final class MemoryTrackLog implements TrackLog {
  public static final Newest.Bounds USUAL = new Newest.Bounds(100_000, 1_000_000);

  private static final Follower NO_JOURNAL =
      new Follower() {
        @Override
        public void positions(List<Position> bunch) {}

        @Override
        public void erased(Runner runner) {}
      };

  private final OpenIds openIds = new OpenIds(Integer.MAX_VALUE);
  private final Newest newest;

  /**
   * @param numbers gives growing numbers, each once
   */
  public MemoryTrackLog(InstantSource clock, LongSupplier numbers, Newest.Bounds bounds) {
    newest = new Newest(clock, numbers, bounds, NO_JOURNAL, openIds);
    newest.release(Long.MAX_VALUE);
  }

  @Override
  public CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes, boolean waits) {
    return append(runner, fixes, waits, null);
  }

  @Override
  public CompletionStage<List<Verdict>> append(
      Runner runner, List<Fix> fixes, boolean waits, @Nullable Object address) {
    try {
      Optional<List<Verdict>> verdicts = newest.append(runner, fixes, address);
      while (verdicts.isEmpty()) {
        verdicts =
            newest.append(runner, fixes, RunnerPast.nothing(newest.version(runner)), address);
      }
      return completedFuture(verdicts.get());
    } catch (UncheckedIOException e) {
      return failedFuture(e);
    }
  }

  @Override
  public boolean isNew(Runner runner) {
    return openIds.isNew(runner);
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
    return newest.latest(feed, each).positions();
  }

  @Override
  public List<Position> newest(Collection<Runner> runners) {
    return newest.newestOf(runners);
  }

  @Override
  public Page after(Feed feed, long seq, int limit) {
    return newest.after(feed, seq, limit);
  }

  @Override
  public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    return newest.between(runner, fromMs, fromSeq, toMs, limit);
  }

  @Override
  public void forget(Runner runner) {
    newest.forget(runner);
  }

  @Override
  public boolean isFull() {
    return false;
  }

  @Override
  public void whenRoom(Runnable action) {
    action.run();
  }

  @Override
  public Optional<String> trouble() {
    return Optional.empty();
  }

  /** The number of feeds that have followers. */
  int followed() {
    return newest.followed();
  }

  /** The number of runners and races that take up memory. */
  int known() {
    return newest.known();
  }

  @Override
  public void close() {
    newest.clear();
  }
}
