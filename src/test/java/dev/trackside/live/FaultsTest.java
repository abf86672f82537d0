package dev.trackside.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private static int faultsUntilTooMany(long startNanos, Duration every) {
    var faults = new Faults();
    for (int i = 1; i <= 1_000; i++) {
      if (faults.oneMore(startNanos + i * every.toNanos())) {
        return i;
      }
    }
    return 0;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -5, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 1_000})
  void twentyAtOnceAreTooManyWhateverTheClockCounts(long startNanos) {
    assertThat(faultsUntilTooMany(startNanos, Duration.ZERO)).isEqualTo(20);
    assertThat(faultsUntilTooMany(startNanos, Duration.ofMillis(1))).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({"PT0.5S, 20", "PT0.526S, 20", "PT0.527S, 0", "PT1S, 0", "PT10S, 0"})
  void twentyAreTooManyWithinTenSeconds(Duration every, int tooMany) {
    assertThat(faultsUntilTooMany(7, every)).isEqualTo(tooMany);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 19, 20, 100})
  void burstAfterAQuietTimeCountsAlone(int before) {
    var faults = new Faults();
    long nowNanos = 0;
    for (int i = 0; i < before; i++) {
      nowNanos += Duration.ofSeconds(1).toNanos();
      assertThat(faults.oneMore(nowNanos)).isFalse();
    }
    nowNanos += Duration.ofMinutes(1).toNanos();
    for (int i = 1; i < 20; i++) {
      assertThat(faults.oneMore(nowNanos)).isFalse();
    }
    assertThat(faults.oneMore(nowNanos)).isTrue();
  }
}
