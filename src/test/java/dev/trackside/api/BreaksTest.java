package dev.trackside.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Fixes;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreaksTest {
  private static final Breaks BREAKS = Breaks.of(List.of(900_000L, 100_000L, 100_000L));

  private static Position at(long tMs) {
    return new Position(new Runner("anna"), 1, tMs, tMs, false, Fixes.at(52, 13), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 99999, false",
    "0, 100000, false",
    "100000, 100001, true",
    "0, 100001, true",
    "100001, 0, true",
    "100001, 400000, false",
    "100001, 400001, true",
    "899999, 900000, false",
    "899999, 900001, true",
    "900001, 901000, false",
    "900001, 600001, true"
  })
  void trackBreaksAfterFiveMinutesAndAtTheEndOfARun(long oneMs, long nextMs, boolean breaks) {
    assertThat(BREAKS.between(at(oneMs), at(nextMs))).isEqualTo(breaks);
  }
}
