package dev.trackside.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PhoneClockTest {
  private static final long NOW_MS = Instant.parse("2026-11-29T10:00:00Z").toEpochMilli();

  private static String moment(String given) {
    return Instant.ofEpochMilli(PhoneClock.momentMs(ms(given), NOW_MS)).toString();
  }

  private static @Nullable String flaw(String given) {
    return PhoneClock.flaw(ms(given), NOW_MS);
  }

  private static long ms(String given) {
    return Instant.parse(given).toEpochMilli();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-29T10:00:00Z, 2026-11-29T10:00:00Z",
    "2026-11-29T10:02:00Z, 2026-11-29T10:02:00Z",
    "2026-11-29T05:00:00Z, 2026-11-29T05:00:00Z",
    "2012-05-10T08:00:00Z, 2012-05-10T08:00:00Z",
    "1995-11-29T09:59:00Z, 2026-11-29T09:59:00Z",
    "1995-05-10T08:00:00Z, 2026-05-10T08:00:00Z"
  })
  void whatAClockMayWellSayIsTaken(String given, String moment) {
    assertThat(moment(given)).isEqualTo(moment);
    assertThat(flaw(given)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2007-04-15T10:00:00Z, 2026-11-29T10:00:00Z, 1024",
    "2007-04-14T08:30:00Z, 2026-11-28T08:30:00Z, 1024",
    "2006-09-24T08:00:00Z, 2026-05-10T08:00:00Z, 1024",
    "1987-08-30T10:00:00Z, 2026-11-29T10:00:00Z, 2048"
  })
  void rolloversOfTheGpsWeekAreMended(String given, String moment, int weeks) {
    assertThat(moment(given)).isEqualTo(moment);
    assertThat(flaw(given)).contains("%,d weeks".formatted(weeks), given, moment);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-29T10:02:00.001Z, 120 s ahead",
    "2026-11-29T12:00:00Z, 7200 s ahead",
    "2038-01-19T03:14:08Z, s ahead",
    "9999-12-31T23:59:59Z, s ahead",
    "1999-06-01T00:00:00Z, years behind (1999-06-01",
    "2000-01-01T00:00:09Z, years behind (2000-01-01",
    "1980-01-06T00:00:00Z, years behind (1980-01-06",
    "1970-01-01T00:05:00Z, years behind (1970-01-01"
  })
  void whateverElseItSaysThePlaceGetsTheTimeOfArrival(String given, String words) {
    assertThat(moment(given)).isEqualTo("2026-11-29T10:00:00Z");
    assertThat(flaw(given)).contains(words);
  }

  @Test
  void withoutATimeItIsTheArrivalAndNoFlaw() {
    assertThat(PhoneClock.momentMs(Fix.NO_TIME, NOW_MS)).isEqualTo(NOW_MS);
    assertThat(PhoneClock.flaw(Fix.NO_TIME, NOW_MS)).isNull();
  }
}
