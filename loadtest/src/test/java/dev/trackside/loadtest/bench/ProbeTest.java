package dev.trackside.loadtest.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProbeTest {
  private final Arrivals arrivals = new Arrivals();

  private void find(Probe probe, String message) {
    byte[] bytes = ("xx" + message + "yy").getBytes(US_ASCII);
    probe.find(bytes, 2, bytes.length - 2, arrivals);
  }

  @Test
  void everyPositionOfABatchCounts() {
    var probe = new Probe(Probe.MOMENT);
    find(
        probe,
        "[{\"alt\":3,\"t\":1795327517416},{\"lat\":1795327517416,\"t\":1795327517417,\"lon\":1}]");
    assertThat(arrivals.all()).isEqualTo(2);
  }

  @Test
  void whatLooksLikeOneInAMessageOfTheSameLengthIsNone() {
    var probe = new Probe(Probe.STAMP);
    find(probe, "{\"stamp\":1795327517416123}");
    find(probe, "{\"stump\":1795327517416123}");
    find(probe, "{\"stamp\":1795327517416123}");
    assertThat(arrivals.all()).isEqualTo(2);
  }

  @Test
  void whatWasLeftOutIsNotedWheneverItIsSaid() {
    var probe = new Probe(Probe.STAMP);
    for (int i = 0; i < 3; i++) {
      find(probe, "{\"stamp\":1795327517416123,\"skipped\":12,\"since\":4}");
    }
    assertThat(arrivals.all()).isEqualTo(3);
    assertThat(arrivals.skipped()).isEqualTo(36);
  }

  @Test
  void onlyWhatWasSentInTheWindowIsTimed() {
    var probe = new Probe(Probe.STAMP);
    find(probe, "{\"stamp\":1795327517416122}");
    arrivals.begin(1_795_327_517_416_123L);
    find(probe, "{\"stamp\":1795327517416122}");
    find(probe, "{\"stamp\":1795327517416123}");
    arrivals.end(1_795_327_517_416_124L);
    find(probe, "{\"stamp\":1795327517416123}");
    find(probe, "{\"stamp\":1795327517416124}");
    assertThat(arrivals.all()).isEqualTo(5);
    assertThat(arrivals.inTime()).isEqualTo(2);
    assertThat(arrivals.ofWindow()).isEqualTo(2);
  }
}
