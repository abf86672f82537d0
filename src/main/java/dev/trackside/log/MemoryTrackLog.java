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

/**
 * A log that is gone when the process ends. What arrives is as durable at once as it will ever be.
 */
public final class MemoryTrackLog implements TrackLog {
  /** What is kept unless somebody says otherwise. */
  public static final Newest.Bounds USUAL = new Newest.Bounds(100_000, 1_000_000);

  private final OpenIds openIds = OpenIds.unlimited();
  private final Newest newest;

  /**
   * An empty log.
   *
   * @param numbers gives growing numbers, none of them twice
   */
  public MemoryTrackLog(InstantSource clock, LongSupplier numbers, Newest.Bounds bounds) {
    newest = new Newest(clock, numbers, bounds, Newest.NOBODY, openIds, true);
  }

  @Override
  public CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes, boolean waits) {
    try {
      return completedFuture(newest.append(runner, fixes).orElseThrow());
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

  /** How many feeds somebody follows. */
  public int followed() {
    return newest.followed();
  }

  /** How many runners and races take up room. */
  int known() {
    return newest.known();
  }

  @Override
  public void close() {
    newest.clear();
  }
}
