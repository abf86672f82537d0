package dev.trackside.loadtest.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class ThresholdsTest {
  private static final Counts GOOD = new Counts(10, 0, 0, 0, 200, 200, 50, 50, 0, 0, 0, 0);

  private final Histogram latencies = Latency.histogram();

  private static Thresholds within(Duration p99) {
    return new Thresholds(null, p99, null, 0, 0, 0, 0, 0, 100);
  }

  @Test
  void whatIsWithinAllOfThemMissesNothing() {
    latencies.recordValueWithCount(1_000, 99);
    latencies.recordValue(900_000);
    assertThat(within(Duration.ofMillis(2)).missed(GOOD, latencies)).isEmpty();
  }

  @Test
  void eachThatIsMissedIsASentence() {
    latencies.recordValue(250_000);
    var bad = new Counts(10, 1, 2, 0, 200, 199, 50, 44, 6, 3, 4, 0);
    assertThat(within(Duration.ofMillis(200)).missed(bad, latencies))
        .containsExactly(
            "99% were delivered within 250.1 ms, at most 200 ms allowed",
            "6 positions were lost, at most 0 allowed",
            "3 positions came twice, at most 0 allowed",
            "4 positions came out of order, at most 0 allowed",
            "1 connections were refused, at most 0 allowed",
            "2 connections broke, at most 0 allowed",
            "199 of 200 positions were acknowledged, at least 100% expected");
  }

  @Test
  void whereNothingWasPlayedNothingIsPassed() {
    var nothing = new Counts(10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(new Thresholds(null, null, null, 0, 0, 0, 0, 0, 100).missed(nothing, latencies))
        .containsExactly("nothing was sent and nothing arrived");
  }

  @Test
  void whereNothingWasDeliveredNoDelayIsGood() {
    assertThat(within(Duration.ofMillis(200)).missed(GOOD, latencies))
        .containsExactly("nothing was delivered, so there is no latency to judge");
  }
}
