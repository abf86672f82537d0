package dev.trackside.websocket;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Random messages as a correct client may send them: in random fragments, under random masks, with
 * pings and pongs in between.
 */
final class RandomTalk {
  private static final String[] LETTERS = {
    "a", "7", "\"", "ß", "é", "京", "€", "🏃", "🏁", "\u0000"
  };

  private final Random random;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<String> texts = new ArrayList<>();
  private final List<String> pings = new ArrayList<>();

  /**
   * @param mostLetters the longest message
   */
  RandomTalk(Random random, int messages, int mostLetters) {
    this.random = random;
    for (int i = 0; i < messages; i++) {
      controls();
      message(text(random.nextInt(mostLetters + 1)));
    }
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  List<String> texts() {
    return texts;
  }

  List<String> pings() {
    return pings;
  }

  private void message(String text) {
    texts.add(text);
    byte[] rest = Wire.utf8(text);
    int opcode = Wire.TEXT;
    while (random.nextInt(3) == 0) {
      int cut = random.nextInt(rest.length + 1);
      frame(opcode, Arrays.copyOf(rest, cut));
      rest = Arrays.copyOfRange(rest, cut, rest.length);
      opcode = Wire.CONTINUATION;
      controls();
    }
    frame(0x80 | opcode, rest);
  }

  private void controls() {
    while (random.nextInt(4) == 0) {
      String payload = text(random.nextInt(30));
      if (random.nextBoolean()) {
        frame(Wire.PONG, Wire.utf8(payload));
      } else {
        pings.add(payload);
        frame(Wire.PING, Wire.utf8(payload));
      }
    }
  }

  private void frame(int first, byte[] payload) {
    bytes.writeBytes(Wire.frame(first, payload, random.nextInt()));
  }

  private String text(int length) {
    boolean ascii = random.nextBoolean();
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS[random.nextInt(ascii ? 3 : LETTERS.length)]);
    }
    return text.toString();
  }
}
