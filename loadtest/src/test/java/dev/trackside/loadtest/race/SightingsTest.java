package dev.trackside.loadtest.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class SightingsTest {
  private static Sightings of(String text) {
    return new JsonSightings(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  @Test
  void aPositionIsReadByTheMembersThatCount() {
    Sightings said =
        of(
            """
            {"type":"position","id":"berlin/42","seq":1795327517435,"t":1795327521317,"lat":-52.5,\
            "lon":13.4,"alt":34.5,"shoe":"l\\"}{,","n":7,"due":1795327521317123,"list":[{"n":9}],\
            "late":true,"skipped":4,"since":1795327517430}""");
    assertThat(said.next()).isTrue();
    assertThat(said.type()).isEqualTo(Sightings.Type.POSITION);
    assertThat(said.runner()).isEqualTo(42);
    assertThat(said.seq()).isEqualTo(1795327517435L);
    assertThat(said.momentMs()).isEqualTo(1795327521317L);
    assertThat(said.number()).isEqualTo(7);
    assertThat(said.dueMicros()).isEqualTo(1795327521317123L);
    assertThat(said.skipped()).isEqualTo(4);
    assertThat(said.next()).isFalse();
  }

  @Test
  void aBatchIsReadOneByOne() {
    Sightings said =
        of(
            "[{\"type\":\"position\",\"id\":\"r-1\",\"n\":1,\"skipped\":2},"
                + " {\"type\":\"position\",\"id\":\"r-2\"}]");
    assertThat(said.next()).isTrue();
    assertThat(said.number()).isEqualTo(1);
    assertThat(said.next()).isTrue();
    assertThat(said.runner()).isEqualTo(2);
    assertThat(said.number()).isEqualTo(Sightings.NONE);
    assertThat(said.skipped()).isZero();
    assertThat(said.next()).isFalse();
  }

  @Test
  void acksErrorsAndResetsAreToldApart() {
    Sightings said = of("{\"type\":\"ack\",\"ref\":17,\"verdict\":\"accepted\",\"seq\":5}");
    assertThat(said.next()).isTrue();
    assertThat(said.type()).isEqualTo(Sightings.Type.ACK);
    assertThat(said.ref()).isEqualTo(17);
    assertThat(said.verdict()).isEqualTo('a');
    said = of("{\"type\":\"error\",\"code\":\"too_fast\",\"message\":\"slow down\",\"ref\":3}");
    assertThat(said.next()).isTrue();
    assertThat(said.type()).isEqualTo(Sightings.Type.ERROR);
    assertThat(said.words()).isEqualTo("slow down");
    said = of("{\"type\":\"reset\",\"id\":\"x/*\"}");
    assertThat(said.next()).isTrue();
    assertThat(said.type()).isEqualTo(Sightings.Type.RESET);
    assertThat(said.runner()).isEqualTo(Sightings.NONE);
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> of("{\"type\":\"posi").next());
  }

  /** The example of docs/protocol.md. */
  @Test
  void aCompactFrameIsReadAsItIsDocumented() {
    byte[] frame =
        HexFormat.of()
            .parseHex(
                "0107 6265726c696e2f 0ea410e8c5ef8ea03492b8df9dc06880aaeff403a0c3eb7fb2052db802 ce0e"
                        .replace(" ", "")
                    + "45039104d00f9f1f091ea20297010211 0b226b6974223a22726564".replace(" ", "")
                    + "22");
    Sightings said = new CompactSightings(ByteBuffer.wrap(frame));
    assertThat(said.next()).isTrue();
    assertThat(said.runner()).isEqualTo(1042);
    assertThat(said.seq()).isEqualTo(1795327517416L);
    assertThat(said.momentMs()).isEqualTo(1795327520265L);
    assertThat(said.next()).isTrue();
    assertThat(said.runner()).isEqualTo(1007);
    assertThat(said.seq()).isEqualTo(1795327517419L);
    assertThat(said.momentMs()).isEqualTo(1795327520000L);
    assertThat(said.skipped()).isEqualTo(2);
    assertThat(said.next()).isFalse();
  }

  @Test
  void aCompactPositionCarriesOurMarks() {
    byte[] marks = "\"n\":12,\"due\":1795327521317123".getBytes(UTF_8);
    var frame = ByteBuffer.allocate(64);
    frame.put(HexFormat.of().parseHex("0100" + "8108" + "04612d3137" + "05020000"));
    frame.put((byte) marks.length).put(marks).flip();
    Sightings said = new CompactSightings(frame);
    assertThat(said.next()).isTrue();
    assertThat(said.runner()).isEqualTo(17);
    assertThat(said.number()).isEqualTo(12);
    assertThat(said.dueMicros()).isEqualTo(1795327521317123L);
    assertThat(said.next()).isFalse();
  }

  @Test
  void aCompactFrameThatBreaksOffIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CompactSightings(ByteBuffer.wrap(new byte[] {1, 0, 0, 2})).next());
  }
}
