package dev.trackside.log;

import dev.trackside.support.StoppedClock;
import dev.trackside.track.TrackLog;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every {@link TrackLog} promises, in several parts. The test of a log extends this class, and
 * opens an empty log.
 */
public abstract class TrackLogContract
    implements AppendingContract, FollowingContract, ReadingContract, ForgettingContract {
  private final StoppedClock clock = new StoppedClock(NOW_MS);
  private TrackLog log;

  /** Opens an empty log. */
  protected abstract TrackLog open(InstantSource clock);

  @BeforeEach
  void open() {
    log = open(clock);
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Override
  public TrackLog log() {
    return log;
  }

  @Override
  public StoppedClock clock() {
    return clock;
  }
}
