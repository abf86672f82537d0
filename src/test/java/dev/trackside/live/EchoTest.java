package dev.trackside.live;

import static dev.trackside.live.DeliveryJsonTest.position;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Fixes;
import dev.trackside.track.Fix;
import org.junit.jupiter.api.Test;

class EchoTest {
  private final Echo echo = new Echo();

  private boolean hides(Fix fix) {
    return echo.test(position("anna", 1, fix));
  }

  @Test
  void whatOneSentIsHiddenAsOftenAsItWasSent() {
    echo.sends(Fixes.at(1, 2));
    echo.sends(Fixes.at(3, 4));
    echo.sends(Fixes.at(1, 2));
    assertThat(hides(Fixes.at(3, 4))).isTrue();
    assertThat(hides(Fixes.at(1, 2))).isTrue();
    assertThat(hides(Fixes.at(1, 2))).isTrue();
    assertThat(hides(Fixes.at(1, 2))).isFalse();
    assertThat(hides(Fixes.at(5, 6))).isFalse();
  }

  @Test
  void whatNeverCameBackIsForgottenTheOldestFirst() {
    for (int i = 0; i < 1_024 + 10; i++) {
      echo.sends(Fixes.at(i / 100.0, 0));
    }
    assertThat(hides(Fixes.at(9 / 100.0, 0))).isFalse();
    for (int i = 10; i < 1_024 + 10; i++) {
      assertThat(hides(Fixes.at(i / 100.0, 0))).isTrue();
    }
  }
}
