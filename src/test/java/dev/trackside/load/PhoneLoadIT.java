package dev.trackside.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Phones that post once a second, in all dialects; `make phone-load` is the large round. */
@Timeout(120)
@Isolated
class PhoneLoadIT {
  private static final int PHONES = 200;
  private static final int SECONDS = 11;

  @TempDir private Path directory;

  @Test
  void everyFixOfEveryPhoneIsStoredOnceAsItWasSaid() throws Exception {
    try (var load = new PhoneLoad(directory)) {
      PhoneLoad.Round round = load.round(PHONES, 0, SECONDS);
      assertThat(round.posts()).isEqualTo(PHONES * SECONDS);
      assertThat(round.unanswered()).isZero();
      assertThat(round.refused()).isZero();
      assertThat(round.notAsSaid()).isZero();
      assertThat(round.stored()).isEqualTo(round.said()).isGreaterThan(PHONES * SECONDS);
    }
  }
}
