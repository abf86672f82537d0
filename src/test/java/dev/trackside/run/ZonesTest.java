package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.access.Key;
import dev.trackside.access.Zone;
import dev.trackside.support.Fixes;
import dev.trackside.track.Fix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZonesTest {
  private static final Key.Hash SECRET = Key.of("secret").hash();

  @ParameterizedTest
  @CsvSource({"0, 0", "52.5, 13.4", "-33.9, 151.2", "69.6, 18.9", "10, 179.9999", "10, -179.9999"})
  void everythingWithinTheMaskIsHidden(double latDeg, double lonDeg) {
    for (int i = 0; i < 100; i++) {
      Zone zone = Zones.around(Fixes.at(latDeg, lonDeg), 200, Key.of("secret" + i).hash());
      assertThat(Zones.covers(zone, Fixes.at(latDeg, lonDeg))).isTrue();
      for (int degrees = 0; degrees < 360; degrees += 15) {
        double north = 199 * Math.cos(Math.toRadians(degrees)) / 111_195;
        double east =
            199 * Math.sin(Math.toRadians(degrees)) / 111_195 / Math.cos(Math.toRadians(latDeg));
        double lon = Math.IEEEremainder(lonDeg + east, 360);
        assertThat(Zones.hides(zone, Fixes.at(latDeg + north, lon), 200)).isTrue();
        double lonFar = Math.IEEEremainder(lonDeg + 2.1 * east, 360);
        assertThat(Zones.hides(zone, Fixes.at(latDeg + 2.1 * north, lonFar), 200)).isFalse();
      }
    }
  }

  @Test
  void samePlaceHasTheSameZoneAndNobodyKnowsWhereItsCentreIs() {
    Fix home = Fixes.at(52.5, 13.4);
    assertThat(Zones.around(home, 200, SECRET)).isEqualTo(Zones.around(home, 200, SECRET));
    assertThat(Zones.around(home, 200, SECRET))
        .isNotEqualTo(Zones.around(home, 200, Key.of("another").hash()));
  }
}
