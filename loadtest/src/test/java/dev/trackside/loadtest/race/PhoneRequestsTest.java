package dev.trackside.loadtest.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PhoneRequestsTest {
  private static final Fix FIX =
      new Fix(1_795_327_521_317_000L, 52.52, -13.4051234, Double.NaN, 4.25, 3.5, 271.04, 87);

  private final PhoneRequests requests = new PhoneRequests("http://host/phone/KEY", "berlin/7");

  @Test
  void numbersAreDecimal() {
    assertThat(Numbers.rounded(-0.0000001, 1e7)).isEqualTo("-0.0000001");
    assertThat(Numbers.rounded(-0.00000001, 1e7)).isEqualTo("0");
    assertThat(Numbers.rounded(13.05, 100)).isEqualTo("13.05");
    assertThat(Numbers.rounded(120, 10)).isEqualTo("120");
  }

  @Test
  void whatIsUnknownIsLeftOut() {
    assertThat(FIX.json())
        .isEqualTo(
            "{\"t\":1795327521317,\"lat\":52.52,\"lon\":-13.4051234,\"acc\":4.3,\"speed\":3.5,"
                + "\"heading\":271,\"battery\":87");
  }

  @Test
  void eachAppSpeaksItsOwnUnits() {
    assertThat(requests.call(RunnerProtocol.OWNTRACKS, List.of(FIX)).body())
        .contains("\"tst\":1795327521,", "\"vel\":13,", "\"cog\":271,")
        .doesNotContain("alt");
    assertThat(requests.call(RunnerProtocol.TRACCAR, List.of(FIX)).body())
        .contains("id=berlin%2F7", "timestamp=1795327521&", "speed=6.8&");
    assertThat(requests.call(RunnerProtocol.OSMAND, List.of(FIX)).uri().getQuery())
        .contains("timestamp=1795327521317&", "speed=3.5&", "speed_unit=mps");
    assertThat(requests.call(RunnerProtocol.GPSLOGGER, List.of(FIX)).uri().getQuery())
        .contains("longitude=-13.4051234&", "time=2026-11-22T06:05:21.317Z&", "s=3.5&");
    assertThat(requests.call(RunnerProtocol.OVERLAND, List.of(FIX, FIX)).body())
        .contains(
            "\"coordinates\":[-13.4051234,52.52]", "\"timestamp\":\"2026-11-22T06:05:21.317Z\"");
  }
}
