package dev.trackside.live;

import static dev.trackside.track.Fix.NO_TIME;
import static dev.trackside.track.Fix.UNKNOWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.hub.Delivery;
import dev.trackside.support.Fixes;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeliveryJsonTest {
  private static final JsonMapper JSON = new JsonMapper();
  private final DeliveryJson positions = new DeliveryJson();

  static Position position(String runner, long seq, Fix fix) {
    return new Position(new Runner(runner), seq, 1_763_777_000_000L, 0, false, fix, 0);
  }

  static Delivery delivery(Position position) {
    return new Delivery(position, 0, 0);
  }

  private String written(Delivery delivery) {
    return new String(positions.of(delivery), UTF_8);
  }

  private JsonNode parsed(Delivery delivery) {
    return JSON.readTree(positions.of(delivery));
  }

  @Test
  void placeIsWrittenAsTheProtocolShowsIt() {
    assertThat(written(delivery(position("anna", 1_763_777_000_123L, Fixes.at(52.52, 13.405)))))
        .isEqualTo(
            "{\"type\":\"position\",\"id\":\"anna\",\"seq\":1763777000123,\"t\":1763777000000,"
                + "\"lat\":52.52,\"lon\":13.405}");
  }

  @Test
  void whatIsKnownIsWrittenAndWhatIsNotIsLeftOut() {
    var fix = new Fix(NO_TIME, -0.5, 180, -3.5, 4, UNKNOWN, 0, 99.9, UNKNOWN, 1e9, "\"ts\":\"ü\"");
    var late = new Position(new Runner("berlin/7"), 5, 1_763_777_000_000L, 0, true, fix, 0);
    assertThat(parsed(delivery(late)))
        .isEqualTo(
            JSON.readTree(
                """
                {"type":"position","id":"berlin/7","seq":5,"t":1763777000000,"lat":-0.5,"lon":180,
                "alt":-3.5,"acc":4,"heading":0,"battery":99.9,"queue":1000000000,"ts":"ü",
                "late":true}"""));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        1,
        -1,
        90,
        -90,
        1e-7,
        -1e-7,
        1e-300,
        4.9e-324,
        52.5200066,
        1 / 3.0,
        13.404953999999975,
        89.99999999999999,
        0.1
      })
  void numbersAreEqualInValue(double value) {
    var fix =
        new Fix(
            NO_TIME,
            value,
            value,
            value,
            Math.abs(value),
            Math.abs(value),
            Math.abs(value),
            Math.abs(value),
            Math.abs(value),
            Math.abs(value),
            "");
    JsonNode json = parsed(delivery(position("anna", 1, fix)));
    for (String name : new String[] {"lat", "lon", "alt"}) {
      assertThat(json.get(name).asDouble() + 0.0).isEqualTo(value + 0.0);
    }
    for (String name : new String[] {"acc", "speed", "heading", "battery", "hr", "queue"}) {
      assertThat(json.get(name).asDouble()).isEqualTo(Math.abs(value));
    }
  }

  @Test
  void whatWasLeftOutIsSaid() {
    Position position = position("anna", 77, Fixes.at(1, 2));
    JsonNode json = parsed(new Delivery(position, 12, 60));
    assertThat(json.get("skipped").asLong()).isEqualTo(12);
    assertThat(json.get("since").asLong()).isEqualTo(60);
    assertThat(json.get("lat").asDouble()).isEqualTo(1);
    assertThat(parsed(delivery(position)).has("skipped")).isFalse();
    assertThat(parsed(delivery(position)).has("since")).isFalse();
  }

  @Test
  void whenNothingWasDeliveredBeforeTheHoleBeginsAtTheBeginning() {
    Position position = position("anna", 77, Fixes.at(1, 2));
    assertThat(parsed(new Delivery(position, 3, 0)).get("since").asLong()).isZero();
  }

  @Test
  void whatAClientSaidComesOutAgain() throws Refusal {
    String members =
        "\"lat\":52.5200066,\"lon\":-13.40,\"alt\":34,\"hr\":151,\"spd\":3.10,\"note\":\"\\\"ü\\n\"";
    Fix fix = requireNonNull(MessageReaderTest.read("{" + members + ",\"key\":\"secret\"}").fix());
    assertThat(parsed(delivery(position("anna", 9, fix))))
        .isEqualTo(
            JSON.readTree(
                "{\"type\":\"position\",\"id\":\"anna\",\"seq\":9,\"t\":1763777000000,"
                    + members.replace("-13.40", "-13.4")
                    + "}"));
  }

  @Test
  void positionsOfTheSameNumberOrPlaceInMemoryAreNotMixedUp() {
    for (int round = 0; round < 2; round++) {
      for (long seq = 1; seq < 2_000; seq += 64) {
        for (String runner : new String[] {"anna", "bob"}) {
          JsonNode json = parsed(delivery(position(runner, seq, Fixes.at(1, 2))));
          assertThat(json.get("id").asString()).isEqualTo(runner);
          assertThat(json.get("seq").asLong()).isEqualTo(seq);
        }
      }
    }
  }
}
