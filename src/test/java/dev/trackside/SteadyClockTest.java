package dev.trackside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.StoppedClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
  private static final long NOW_MS = 1_795_327_520_000L;

  private final StoppedClock system = new StoppedClock(NOW_MS);
  private final AtomicLong nanos = new AtomicLong(7);
  private final SteadyClock clock = new SteadyClock(system, nanos::get);

  private void elapse(Duration by) {
    system.forward(by);
    nanos.addAndGet(by.toNanos());
  }

  @Test
  void saysWhatTheSystemSays() {
    assertThat(clock.millis()).isEqualTo(NOW_MS);
    elapse(Duration.ofSeconds(3));
    assertThat(clock.millis()).isEqualTo(NOW_MS + 3_000);
    system.forward(Duration.ofDays(400));
    assertThat(clock.instant().toEpochMilli()).isEqualTo(system.millis());
  }

  @Test
  void goesOnSlowlyWhileTheSystemsHasBeenSetBackAndThenFollowsIt() {
    assertThat(clock.millis()).isEqualTo(NOW_MS);
    system.set(NOW_MS - 60_000);
    assertThat(clock.millis()).isEqualTo(NOW_MS);
    for (int i = 1; i < 119; i++) {
      elapse(Duration.ofSeconds(1));
      assertThat(clock.millis()).isEqualTo(NOW_MS + i * 500L);
    }
    elapse(Duration.ofSeconds(10));
    assertThat(clock.millis()).isEqualTo(system.millis());
    system.set(NOW_MS);
    assertThat(clock.millis()).isGreaterThan(NOW_MS + 60_000);
  }

  @Test
  void followsAClockThatWasFarAhead() {
    system.forward(Duration.ofDays(365));
    assertThat(clock.millis()).isEqualTo(system.millis());
    system.set(NOW_MS);
    assertThat(clock.millis()).isEqualTo(NOW_MS);
    elapse(Duration.ofSeconds(1));
    assertThat(clock.millis()).isEqualTo(NOW_MS + 1_000);
  }
}
