package dev.trackside.loadtest.race;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets Ctrl-C end a race early and still report the result. */
final class InterruptHook implements AutoCloseable {
  private static final int REPORT_SECONDS = 10;

  private final CountDownLatch reported = new CountDownLatch(1);
  private final Thread hook;

  /**
   * @param patience how long the race waits for positions on their way
   */
  InterruptHook(Race race, Duration patience) {
    hook =
        new Thread(
            () -> {
              race.interrupt();
              try {
                var _ = reported.await(patience.toSeconds() + REPORT_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    reported.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is running, and this is the end it waits for.
    }
  }
}
