package dev.trackside.loadtest.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

final class FrameParserTest {
  private static final class Recording extends Client {
    private final List<String> messages = new ArrayList<>();

    @Override
    String registration() {
      return "";
    }

    @Override
    void message(byte[] bytes, int from, int to) {
      messages.add(new String(bytes, from, to - from, UTF_8));
    }
  }

  private static void frame(ByteArrayOutputStream to, int first, byte[] payload) {
    to.write(first);
    if (payload.length < 126) {
      to.write(payload.length);
    } else if (payload.length < 65_536) {
      to.write(126);
      to.write(payload.length >> 8);
      to.write(payload.length);
    } else {
      to.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        to.write((int) ((long) payload.length >> shift));
      }
    }
    to.writeBytes(payload);
  }

  private static byte[] deflated(String text) {
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(text.getBytes(UTF_8));
    byte[] packed = new byte[1_000];
    int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
    return java.util.Arrays.copyOf(packed, length - 4);
  }

  @Test
  void messagesAreHeardWholeWhereverTheReadingsEnd() throws IOException {
    String longer = "b".repeat(300);
    String longest = "c".repeat(70_000);
    var stream = new ByteArrayOutputStream();
    frame(stream, 0x81, "a".getBytes(UTF_8));
    frame(stream, 0x82, longer.getBytes(UTF_8));
    frame(stream, 0xc1, deflated("squeezed, squeezed, squeezed"));
    frame(stream, 0x81, longest.getBytes(UTF_8));
    byte[] all = stream.toByteArray();
    for (int cut = 0; cut < all.length; cut += cut < 400 ? 1 : 997) {
      var client = new Recording();
      var parser = new FrameParser();
      int parsed = parser.parse(client, all, 0, cut);
      assertThat(parser.parse(client, all, parsed, all.length)).isEqualTo(all.length);
      assertThat(client.messages)
          .containsExactly("a", longer, "squeezed, squeezed, squeezed", longest);
    }
  }

  @Test
  void aGoodbyeEndsTheConnection() {
    assertThatThrownBy(
            () -> new FrameParser().parse(new Recording(), new byte[] {(byte) 0x88, 0}, 0, 2))
        .hasMessage("the server closed the connection");
  }
}
