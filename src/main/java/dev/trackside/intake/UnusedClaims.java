package dev.trackside.intake;

import static java.util.Comparator.naturalOrder;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends claims that nobody has used for long: no position came since they were made, and nobody
 * follows. Runners in races stay, whom the organiser has made. Safe for use by many threads.
 */
public final class UnusedClaims {
  private static final Logger LOG = LoggerFactory.getLogger(UnusedClaims.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final TrackReader log;
  private final Access access;
  private final Intake intake;
  private final InstantSource clock;
  private final Duration keep;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile long begunMs;

  /**
   * @param keep how long an unused claim is kept; zero keeps it forever
   */
  public UnusedClaims(
      TrackReader log, Access access, Intake intake, InstantSource clock, Duration keep) {
    this.log = log;
    this.access = access;
    this.intake = intake;
    this.clock = clock;
    this.keep = keep;
  }

  /** Starts a round in the background, if one is due. */
  public void endSoon() {
    Duration pause = Stream.of(keep.dividedBy(10), LONGEST_PAUSE).min(naturalOrder()).orElseThrow();
    if (keep.isPositive()
        && Math.abs(clock.millis() - begunMs) >= pause.toMillis()
        && running.compareAndSet(false, true)) {
      begunMs = clock.millis();
      Thread.ofVirtual().name("unused-claims").start(this::run);
    }
  }

  private void run() {
    try {
      end();
    } catch (UncheckedIOException | Unavailable e) {
      LOG.warn("Claims that nobody uses are kept for now: {}", e.getMessage());
    } finally {
      running.set(false);
    }
  }

  /** Ends those that are due. */
  void end() {
    long beforeMs = clock.millis() - keep.toMillis();
    List<Runner> due =
        access.claims().all().stream()
            .filter(claim -> !claim.used() && claim.claimedMs() < beforeMs)
            .map(Claim::runner)
            .filter(runner -> runner.race().isEmpty() && !access.isInUse(runner))
            .toList();
    for (Runner runner : due) {
      if (log.latest(new Feed.One(runner), 1).isEmpty()) {
        intake.erase(runner);
      } else {
        var _ = access.claims().change(runner, Claim::inUse);
      }
    }
    if (!due.isEmpty()) {
      LOG.info("{} claims were older than {} and never used.", due.size(), keep);
    }
  }
}
