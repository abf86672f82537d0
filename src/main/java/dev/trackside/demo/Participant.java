package dev.trackside.demo;

import dev.trackside.demo.Recording.Moment;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A runner of the rehearsal, who runs a recording at their own pace.
 *
 * @param start the part of the lap behind them when the rehearsal begins, 0 to 1
 * @param stretch how many times as long as the recording they take
 */
record Participant(Runner runner, String name, double start, double stretch) {
  /** A small field, spread over the course, everyone at another speed. */
  static final List<Participant> FIELD =
      List.of(
          of("anna", "Anna", 0.44, 1.00),
          of("ben", "Ben", 0.61, 0.93),
          of("chloe", "Chloé", 0.52, 0.97),
          of("david", "David", 0.33, 1.08),
          of("elif", "Elif", 0.71, 0.90),
          of("farid", "Farid", 0.38, 1.04),
          of("greta", "Greta", 0.26, 1.14),
          of("hugo", "Hugo", 0.17, 1.25));

  private static Participant of(String bib, String name, double start, double stretch) {
    return new Participant(new Runner("rehearsal/" + bib), name, start, stretch);
  }

  /** Where they are when the rehearsal has gone on for so long, and how fast. */
  Moment after(Duration running, Recording recording) {
    double second = start * recording.lapSeconds() + running.toMillis() / 1000.0 / stretch;
    Moment recorded = recording.at(second);
    return new Moment(recorded.place(), recorded.speedMps() / stretch, recorded.headingDeg());
  }

  /** A fix as a phone would make it, marked as part of the rehearsal. */
  Fix fix(Moment moment, Instant now) {
    return new Fix(
        now.toEpochMilli(),
        rounded(moment.place().latDeg(), 6),
        rounded(moment.place().lonDeg(), 6),
        rounded(moment.place().altM(), 1),
        Fix.UNKNOWN,
        rounded(moment.speedMps(), 2),
        rounded(moment.headingDeg(), 1),
        Fix.UNKNOWN,
        Fix.UNKNOWN,
        Fix.UNKNOWN,
        "\"name\":\"%s\",\"rehearsal\":true".formatted(name));
  }

  private static double rounded(double value, int decimals) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).doubleValue()
        : Fix.UNKNOWN;
  }
}
