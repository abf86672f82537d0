package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.access.Key;
import dev.trackside.access.Zone;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZonesTest {
  private static final Key.Hash SECRET = Key.of("secret").hash();

  @ParameterizedTest
  @CsvSource({"0, 0", "52.5, 13.4", "-33.9, 151.2", "69.6, 18.9", "10, 179.9999", "10, -179.9999"})
  void everythingWithinTheMaskIsHidden(double latDeg, double lonDeg) {
    for (int i = 0; i < 100; i++) {
      Zone zone = Zones.around(latDeg, lonDeg, 200, Key.of("secret" + i).hash());
      assertThat(Zones.covers(zone, latDeg, lonDeg)).isTrue();
      for (int degrees = 0; degrees < 360; degrees += 15) {
        double north = 199 * Math.cos(Math.toRadians(degrees)) / 111_195;
        double east =
            199 * Math.sin(Math.toRadians(degrees)) / 111_195 / Math.cos(Math.toRadians(latDeg));
        double lon = Math.IEEEremainder(lonDeg + east, 360);
        assertThat(Zones.hides(zone, latDeg + north, lon, 200)).isTrue();
        double lonFar = Math.IEEEremainder(lonDeg + 2.1 * east, 360);
        assertThat(Zones.hides(zone, latDeg + 2.1 * north, lonFar, 200)).isFalse();
      }
    }
  }

  @Test
  void samePlaceHasTheSameZoneAndNobodyKnowsWhereItsCentreIs() {
    assertThat(Zones.around(52.5, 13.4, 200, SECRET))
        .isEqualTo(Zones.around(52.5, 13.4, 200, SECRET))
        .isNotEqualTo(Zones.around(52.5, 13.4, 200, Key.of("another").hash()));
  }

  /** Otherwise the middle of many circles would be the door. */
  @Test
  void placesAroundOneDoorHaveFewZones() {
    var random = new Random(1);
    var zones = new HashSet<Zone>();
    for (int i = 0; i < 1_000; i++) {
      double north = random.nextGaussian(0, 5) / 111_195;
      double east = random.nextGaussian(0, 5) / 111_195 / Math.cos(Math.toRadians(52.5));
      zones.add(Zones.around(52.5 + north, 13.4 + east, 200, SECRET));
    }
    assertThat(zones).hasSizeLessThanOrEqualTo(4);
  }
}
