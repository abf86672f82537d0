package dev.trackside.loadtest.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class ServerMessagesTest {
  private static ServerMessages of(String text) {
    return new JsonMessages(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  @Test
  void aPositionIsReadByTheMembersThatCount() {
    ServerMessages messages =
        of(
            """
            {"type":"position","id":"berlin/42","seq":1795327517435,"t":1795327521317,"lat":-52.5,\
            "lon":13.4,"alt":34.5,"shoe":"l\\"}{,","n":7,"due":1795327521317123,"list":[{"n":9}],\
            "late":true,"skipped":4,"since":1795327517430}""");
    assertThat(messages.next()).isTrue();
    assertThat(messages.type()).isEqualTo(ServerMessages.Type.POSITION);
    assertThat(messages.runner()).isEqualTo(42);
    assertThat(messages.seq()).isEqualTo(1795327517435L);
    assertThat(messages.momentMs()).isEqualTo(1795327521317L);
    assertThat(messages.number()).isEqualTo(7);
    assertThat(messages.dueMicros()).isEqualTo(1795327521317123L);
    assertThat(messages.skipped()).isEqualTo(4);
    assertThat(messages.next()).isFalse();
  }

  @Test
  void aBatchIsReadOneByOne() {
    ServerMessages messages =
        of(
            "[{\"type\":\"position\",\"id\":\"r-1\",\"n\":1,\"skipped\":2},"
                + " {\"type\":\"position\",\"id\":\"r-2\"}]");
    assertThat(messages.next()).isTrue();
    assertThat(messages.number()).isEqualTo(1);
    assertThat(messages.next()).isTrue();
    assertThat(messages.runner()).isEqualTo(2);
    assertThat(messages.number()).isEqualTo(ServerMessages.NONE);
    assertThat(messages.skipped()).isZero();
    assertThat(messages.next()).isFalse();
  }

  @Test
  void acksErrorsAndResetsAreToldApart() {
    ServerMessages messages =
        of("{\"type\":\"ack\",\"ref\":17,\"verdict\":\"accepted\",\"seq\":5}");
    assertThat(messages.next()).isTrue();
    assertThat(messages.type()).isEqualTo(ServerMessages.Type.ACK);
    assertThat(messages.ref()).isEqualTo(17);
    assertThat(messages.verdict()).isEqualTo('a');
    messages = of("{\"type\":\"error\",\"code\":\"too_fast\",\"message\":\"slow down\",\"ref\":3}");
    assertThat(messages.next()).isTrue();
    assertThat(messages.type()).isEqualTo(ServerMessages.Type.ERROR);
    assertThat(messages.words()).isEqualTo("slow down");
    messages = of("{\"type\":\"reset\",\"id\":\"x/*\"}");
    assertThat(messages.next()).isTrue();
    assertThat(messages.type()).isEqualTo(ServerMessages.Type.RESET);
    assertThat(messages.runner()).isEqualTo(ServerMessages.NONE);
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> of("{\"type\":\"posi").next());
  }

  /** The example in docs/protocol.md. */
  @Test
  void aCompactFrameIsReadAsItIsDocumented() {
    byte[] frame =
        HexFormat.of()
            .parseHex(
                "0107 6265726c696e2f 0ea410e8c5ef8ea03492b8df9dc06880aaeff403a0c3eb7fb2052db802 ce0e"
                        .replace(" ", "")
                    + "45039104d00f9f1f091ea20297010211 0b226b6974223a22726564".replace(" ", "")
                    + "22");
    ServerMessages messages = new CompactMessages(ByteBuffer.wrap(frame));
    assertThat(messages.next()).isTrue();
    assertThat(messages.runner()).isEqualTo(1042);
    assertThat(messages.seq()).isEqualTo(1795327517416L);
    assertThat(messages.momentMs()).isEqualTo(1795327520265L);
    assertThat(messages.next()).isTrue();
    assertThat(messages.runner()).isEqualTo(1007);
    assertThat(messages.seq()).isEqualTo(1795327517419L);
    assertThat(messages.momentMs()).isEqualTo(1795327520000L);
    assertThat(messages.skipped()).isEqualTo(2);
    assertThat(messages.next()).isFalse();
  }

  @Test
  void aCompactPositionCarriesOurMarks() {
    byte[] marks = "\"n\":12,\"due\":1795327521317123".getBytes(UTF_8);
    var frame = ByteBuffer.allocate(64);
    frame.put(HexFormat.of().parseHex("0100" + "8108" + "04612d3137" + "05020000"));
    frame.put((byte) marks.length).put(marks).flip();
    ServerMessages messages = new CompactMessages(frame);
    assertThat(messages.next()).isTrue();
    assertThat(messages.runner()).isEqualTo(17);
    assertThat(messages.number()).isEqualTo(12);
    assertThat(messages.dueMicros()).isEqualTo(1795327521317123L);
    assertThat(messages.next()).isFalse();
  }

  @Test
  void aCompactFrameThatBreaksOffIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CompactMessages(ByteBuffer.wrap(new byte[] {1, 0, 0, 2})).next());
  }
}
