package dev.trackside.support;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A log that can be told to be full, in trouble, slow or unreadable. */
public final class MoodyLog implements TrackLog {
  public static final String TROUBLE = "The disk is full.";

  private final TrackLog log;
  private final List<Runnable> waiting = new ArrayList<>();
  private final AtomicInteger readsLeft = new AtomicInteger(Integer.MAX_VALUE);
  private final AtomicInteger reads = new AtomicInteger();
  private volatile Optional<String> trouble = Optional.empty();
  private volatile CompletableFuture<Void> durable = CompletableFuture.completedFuture(null);
  private volatile boolean failsToForget;
  private boolean full;

  public MoodyLog(TrackLog log) {
    this.log = log;
  }

  public void getIntoTrouble() {
    trouble = Optional.of(TROUBLE);
  }

  public synchronized void fill() {
    full = true;
  }

  public void empty() {
    List<Runnable> all;
    synchronized (this) {
      full = false;
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(Runnable::run);
  }

  public synchronized int waiting() {
    return waiting.size();
  }

  /** From now on nothing becomes durable before this is completed. */
  public CompletableFuture<Void> beSlow() {
    durable = new CompletableFuture<>();
    return durable;
  }

  /** Fails every read but so many. */
  public void failAfter(int reads) {
    readsLeft.set(reads);
  }

  public int reads() {
    return reads.get();
  }

  private void read() {
    reads.incrementAndGet();
    if (readsLeft.getAndDecrement() <= 0) {
      throw new UncheckedIOException("The disk cannot be read.", new IOException("broken"));
    }
  }

  @Override
  public CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes, boolean waits) {
    CompletableFuture<Void> waited = durable;
    return log.append(runner, fixes, waits)
        .thenCompose(verdicts -> waited.thenApply(_ -> verdicts));
  }

  @Override
  public boolean isNew(Runner runner) {
    return log.isNew(runner);
  }

  @Override
  public void tellFirst(Follower witness) {
    log.tellFirst(witness);
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
  public List<Position> latest(Feed feed, int each) {
    return log.latest(feed, each);
  }

  @Override
  public List<Position> newest(Collection<Runner> runners) {
    return log.newest(runners);
  }

  @Override
  public Page after(Feed feed, long seq, int limit) {
    read();
    return log.after(feed, seq, limit);
  }

  @Override
  public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    read();
    return log.between(runner, fromMs, fromSeq, toMs, limit);
  }

  @Override
  public void forget(Runner runner) {
    if (failsToForget) {
      throw new UncheckedIOException(TROUBLE, new IOException("broken"));
    }
    log.forget(runner);
  }

  /** Whether nobody can be erased at present. */
  public void failToForget(boolean fails) {
    failsToForget = fails;
  }

  @Override
  public synchronized boolean isFull() {
    return full;
  }

  @Override
  public void whenRoom(Runnable action) {
    synchronized (this) {
      if (full) {
        waiting.add(action);
        return;
      }
    }
    action.run();
  }

  @Override
  public Optional<String> trouble() {
    return trouble;
  }

  @Override
  public void close() {
    log.close();
  }
}
