package dev.trackside.loadtest.race;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets Ctrl-C end a race, and still be told what came of it. */
final class BreakingOff implements AutoCloseable {
  private static final int TELLING_SECONDS = 10;

  private final CountDownLatch told = new CountDownLatch(1);
  private final Thread hook;

  /**
   * @param patience how long the race waits for what is under way
   */
  BreakingOff(Race race, Duration patience) {
    hook =
        new Thread(
            () -> {
              race.breakOff();
              try {
                var _ = told.await(patience.toSeconds() + TELLING_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    told.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs: this is the end that it waited for.
    }
  }
}
