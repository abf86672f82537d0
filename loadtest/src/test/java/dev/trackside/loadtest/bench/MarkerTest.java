package dev.trackside.loadtest.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MarkerTest {
  private final Arrivals arrivals = new Arrivals();

  private void find(Marker marker, String message) {
    byte[] bytes = ("xx" + message + "yy").getBytes(US_ASCII);
    marker.find(bytes, 2, bytes.length - 2, arrivals);
  }

  @Test
  void everyPositionOfABatchCounts() {
    var marker = new Marker(Marker.MOMENT);
    find(
        marker,
        "[{\"alt\":3,\"t\":1795327517416},{\"lat\":1795327517416,\"t\":1795327517417,\"lon\":1}]");
    assertThat(arrivals.all()).isEqualTo(2);
  }

  @Test
  void whatLooksLikeOneInAMessageOfTheSameLengthIsNone() {
    var marker = new Marker(Marker.STAMP);
    find(marker, "{\"stamp\":1795327517416123}");
    find(marker, "{\"stump\":1795327517416123}");
    find(marker, "{\"stamp\":1795327517416123}");
    assertThat(arrivals.all()).isEqualTo(2);
  }

  @Test
  void whatWasLeftOutIsNotedWheneverItIsSaid() {
    var marker = new Marker(Marker.STAMP);
    for (int i = 0; i < 3; i++) {
      find(marker, "{\"stamp\":1795327517416123,\"skipped\":12,\"since\":4}");
    }
    assertThat(arrivals.all()).isEqualTo(3);
    assertThat(arrivals.skipped()).isEqualTo(36);
  }

  @Test
  void onlyWhatWasSentInTheWindowIsTimed() {
    var marker = new Marker(Marker.STAMP);
    find(marker, "{\"stamp\":1795327517416122}");
    arrivals.begin(1_795_327_517_416_123L);
    find(marker, "{\"stamp\":1795327517416122}");
    find(marker, "{\"stamp\":1795327517416123}");
    arrivals.end(1_795_327_517_416_124L);
    find(marker, "{\"stamp\":1795327517416123}");
    find(marker, "{\"stamp\":1795327517416124}");
    assertThat(arrivals.all()).isEqualTo(5);
    assertThat(arrivals.inTime()).isEqualTo(2);
    assertThat(arrivals.ofWindow()).isEqualTo(2);
  }
}
