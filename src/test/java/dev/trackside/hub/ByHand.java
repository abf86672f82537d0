package dev.trackside.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of a hub, played by one: what they would do waits until it is asked for. */
final class ByHand extends AbstractExecutorService {
  /** A timer whose tasks wait as well. */
  final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(0) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
          return super.schedule(task, 1, TimeUnit.DAYS);
        }
      };

  private final Random random;
  private final List<Runnable> waiting = new ArrayList<>();

  ByHand(Random random) {
    this.random = random;
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void execute(Runnable task) {
    waiting.add(task);
  }

  /** Does one of the things that wait, if there is one. */
  boolean doOne() {
    if (!waiting.isEmpty()) {
      waiting.remove(random.nextInt(waiting.size())).run();
      return true;
    }
    for (Runnable task : timer.getQueue()) {
      timer.remove(task);
      task.run();
      return true;
    }
    return false;
  }

  @Override
  public void shutdown() {
    timer.shutdownNow();
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return timer.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return timer.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return timer.awaitTermination(timeout, unit);
  }
}
