package dev.trackside.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RestTest {
  private static final long MINUTE_MS = 60_000;
  private static final long HOUR_MS = 60 * MINUTE_MS;
  private static final long BEGIN_MS = 1_795_000_000_000L;
  private static final long NOW_MS = BEGIN_MS + 100 * HOUR_MS;

  private final Rest rest = new Rest();
  private final Runner anna = new Runner("anna");

  private boolean after(long ms, double latDeg) {
    return rest.isTooLong(anna, List.of(Fix.at(BEGIN_MS + ms, latDeg, 13)), NOW_MS);
  }

  @Test
  void whoReportsAndDoesNotMoveRestsTooLongAfterEightHours() {
    for (long ms = 0; ms < 8 * HOUR_MS; ms += 30 * MINUTE_MS) {
      assertThat(after(ms, 52)).isFalse();
    }
    assertThat(after(8 * HOUR_MS, 52)).isTrue();
  }

  @Test
  void whoMovesBeginsAnew() {
    for (long ms = 0; ms < 20 * HOUR_MS; ms += 60 * MINUTE_MS) {
      assertThat(after(ms, 52 + ms * 1e-10)).isFalse();
    }
  }

  @Test
  void whoWasSilentForANightBeginsAnew() {
    after(0, 52);
    assertThat(after(12 * HOUR_MS, 52)).isFalse();
  }

  @Test
  void backlogSaysNothingOfNow() {
    for (long ms = 0; ms <= 7 * HOUR_MS; ms += HOUR_MS) {
      after(ms, 52);
    }
    assertThat(after(HOUR_MS, 53)).isFalse();
    assertThat(after(8 * HOUR_MS, 52)).isTrue();
  }

  @Test
  void momentsThatAreYetToComeCountAsNow() {
    assertThat(rest.isTooLong(anna, List.of(Fix.at(NOW_MS, 52, 13)), NOW_MS)).isFalse();
    assertThat(
            rest.isTooLong(anna, List.of(Fix.at(NOW_MS + 9 * HOUR_MS, 52, 13)), NOW_MS + MINUTE_MS))
        .isFalse();
  }

  @Test
  void inaccurateFixesAreNoMovement() {
    after(0, 52);
    double not = Fix.UNKNOWN;
    for (long ms = HOUR_MS; ms < 8 * HOUR_MS; ms += HOUR_MS) {
      var cell = new Fix(BEGIN_MS + ms, 52.005, 13, not, 900, not, not, not, not, not, "");
      rest.isTooLong(anna, List.of(cell), NOW_MS);
    }
    assertThat(after(8 * HOUR_MS, 52)).isTrue();
  }
}
