package dev.trackside.call;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.trackside.hub.Hub;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/** Takes in what calls bring, and lets them wait until it is durable. Safe for many threads. */
public final class Intake {
  private static final Duration ROOM_WITHIN = Duration.ofSeconds(5);
  private static final long DURABLE_WITHIN_SECONDS = 30;

  private final TrackLog log;
  private final Hub hub;
  private final Gate gate;

  public Intake(TrackLog log, Hub hub) {
    this.log = log;
    this.hub = hub;
    gate = new Gate(log, hub, ROOM_WITHIN);
  }

  /**
   * Waits until there is room for more.
   *
   * @throws Problem when there is none for long, or nothing becomes durable at present
   */
  public void awaitRoom() throws InterruptedException {
    gate.pass();
  }

  /**
   * Stores the fixes of one runner.
   *
   * @return a verdict for each, when those that were accepted are durable
   * @throws Problem when they could not be stored
   */
  public List<Verdict> take(Runner runner, List<Fix> fixes) throws InterruptedException {
    if (fixes.isEmpty()) {
      return List.of();
    }
    try {
      return appended(runner, fixes).get(DURABLE_WITHIN_SECONDS, SECONDS);
    } catch (TimeoutException e) {
      throw Problem.unavailable(
          "The positions were not stored within %d s. Send them again."
              .formatted(DURABLE_WITHIN_SECONDS));
    } catch (ExecutionException e) {
      throw Problem.unavailable(
          log.trouble().orElse("The positions could not be stored. Send them again."));
    }
  }

  /** What a batch brings to a spectator leaves in one write. */
  private Future<List<Verdict>> appended(Runner runner, List<Fix> fixes) {
    hub.hold();
    try {
      return log.append(runner, fixes).toCompletableFuture();
    } finally {
      hub.release();
    }
  }
}
