package dev.trackside.log;

import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Follower;
import dev.trackside.track.Following;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The contract for a log that numbers positions elsewhere: on its own thread, like an engine behind
 * a network, and not within the call that appends.
 */
final class ElsewhereOrderedLogTest extends TrackLogContract {
  private record Elsewhere(TrackLog log, ExecutorService engine) implements TrackLog {
    @Override
    public CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes, boolean waits) {
      return CompletableFuture.supplyAsync(() -> log.append(runner, fixes, waits), engine)
          .thenCompose(verdicts -> verdicts);
    }

    @Override
    public boolean isNew(Runner runner) {
      return log.isNew(runner);
    }

    @Override
    public boolean isFull() {
      return log.isFull();
    }

    @Override
    public void whenRoom(Runnable action) {
      log.whenRoom(action);
    }

    @Override
    public void showAnew(Runner runner) {
      log.showAnew(runner);
    }

    @Override
    public Following follow(Feed feed, Follower follower) {
      return log.follow(feed, follower);
    }

    @Override
    public void tellFirst(Follower witness) {
      log.tellFirst(witness);
    }

    @Override
    public List<Position> latest(Feed feed, int each) {
      return log.latest(feed, each);
    }

    @Override
    public List<Position> newest(Collection<Runner> runners) {
      return log.newest(runners);
    }

    @Override
    public Page after(Feed feed, long seq, int limit) {
      return log.after(feed, seq, limit);
    }

    @Override
    public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
      return log.between(runner, fromMs, fromSeq, toMs, limit);
    }

    @Override
    public void forget(Runner runner) {
      CompletableFuture.runAsync(() -> log.forget(runner), engine).join();
    }

    @Override
    public Optional<String> trouble() {
      return log.trouble();
    }

    @Override
    public void close() {
      engine.close();
      log.close();
    }
  }

  @Override
  protected TrackLog open(InstantSource clock) {
    return new Elsewhere(
        new MemoryTrackLog(clock, new AtomicLong(1_000)::incrementAndGet, MemoryTrackLog.USUAL),
        Executors.newSingleThreadExecutor());
  }
}
