package dev.trackside.loadtest.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class GaugeTest {
  private static final long OURSELVES = ProcessHandle.current().pid();

  @Test
  void whoListensOnAPortIsFound() throws Exception {
    try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Gauge gauge = Gauge.onPort(door.getLocalPort()).orElseThrow();
      assertThat(gauge.pid()).isEqualTo(OURSELVES);
    }
  }

  @Test
  void aProcessIsMeasured() {
    var gauge = new Gauge(OURSELVES);
    assertThat(gauge.cpuSeconds()).isPositive();
    assertThat(gauge.rssMib()).isBetween(10.0, 10_000.0);
    assertThat(gauge.threads()).isGreaterThan(5);
    assertThat(gauge.descriptors()).isGreaterThan(3);
    assertThat(gauge.heapAfterGcMib()).isBetween(1.0, 500.0);
  }

  @Test
  void ofAProcessThatIsNotThereNothingIsKnown() {
    var gauge = new Gauge(Integer.MAX_VALUE);
    assertThat(gauge.rssMib()).isNaN();
    assertThat(gauge.threads()).isEqualTo(-1);
    assertThat(gauge.descriptors()).isEqualTo(-1);
    assertThat(gauge.heapAfterGcMib()).isNaN();
  }
}
