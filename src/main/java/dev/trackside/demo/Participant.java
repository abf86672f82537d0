package dev.trackside.demo;

import dev.trackside.demo.Recording.Moment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody who runs a recording in his own way. Immutable.
 *
 * @param start which part of the lap lies behind him when the rehearsal begins, 0 to 1
 * @param stretch how much longer he takes than the recording
 */
record Participant(String id, String name, double start, double stretch) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int PLACE_DECIMALS = 6;
  private static final int MEASURE_DECIMALS = 1;
  private static final int SPEED_DECIMALS = 2;

  /** A small field: spread over the course, nobody as fast as another. */
  static final List<Participant> FIELD =
      List.of(
          new Participant("rehearsal/anna", "Anna", 0.44, 1.00),
          new Participant("rehearsal/ben", "Ben", 0.61, 0.93),
          new Participant("rehearsal/chloe", "Chloé", 0.52, 0.97),
          new Participant("rehearsal/david", "David", 0.33, 1.08),
          new Participant("rehearsal/elif", "Elif", 0.71, 0.90),
          new Participant("rehearsal/farid", "Farid", 0.38, 1.04),
          new Participant("rehearsal/greta", "Greta", 0.26, 1.14),
          new Participant("rehearsal/hugo", "Hugo", 0.17, 1.25));

  /** Where he is after the rehearsal has gone on for so long; the speed is his own. */
  Moment after(Duration running, Recording recording) {
    double second = start * recording.lapSeconds() + running.toMillis() / 1000.0 / stretch;
    Moment recorded = recording.at(second);
    return new Moment(recorded.place(), recorded.speedMps() / stretch, recorded.headingDeg());
  }

  /** A position as a phone would send it. */
  String message(Moment moment, Instant now) {
    ObjectNode message = MAPPER.createObjectNode().put("id", id).put("t", now.toEpochMilli());
    put(message, "lat", moment.place().latDeg(), PLACE_DECIMALS);
    put(message, "lon", moment.place().lonDeg(), PLACE_DECIMALS);
    put(message, "alt", moment.place().altM(), MEASURE_DECIMALS);
    put(message, "speed", moment.speedMps(), SPEED_DECIMALS);
    put(message, "heading", moment.headingDeg(), MEASURE_DECIMALS);
    return MAPPER.writeValueAsString(message.put("name", name).put("rehearsal", true));
  }

  private static void put(ObjectNode message, String member, double value, int decimals) {
    if (Double.isFinite(value)) {
      message.put(member, BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP));
    }
  }
}
