package dev.trackside.track;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  private static final String BLACK_FLAG = "\ud83c\udff4";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Anna",
        "Jörg Müller-Lüdenscheidt",
        "李小龙",
        "عبد الله",
        "می\u200cخواهم",
        "क्\u200dष",
        "ශ්\u200dරී",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\u2764\ufe0f\u200d\ud83d\udd25",
        "\ud83c\udff3\ufe0f\u200d\ud83c\udf08 Team",
        BLACK_FLAG + "\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f",
        "葛\udb40\udd00城",
        "\u06dd\u0661",
        "x",
        "."
      })
  void nameIsShownAsItIs(String name) {
    assertThat(Printable.isSeen(name)).isTrue();
    assertThat(Quoted.of(name).replace("?", "")).contains(name.substring(0, 1));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 0x0a, 0x7f, 0x85, 0xad, 0x61c, 0x180e, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a,
        0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0x206a, 0xfeff,
        0xfff9, 0x3164, 0x115f, 0x2800, 0xd800, 0xe0001, 0xe0041, 0xe007f
      })
  void whatTurnsOrHidesWordsIsNot(int codePoint) {
    String name = "An" + Character.toString(codePoint) + "na";
    assertThat(Printable.is(name)).isFalse();
    assertThat(Printable.shown(name)).isEqualTo("An?na");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\u200d", "\u200c \u200c", "\u00a0\u3000", "\ufe0f", "\u0301"})
  void nothingIsSeenOfBlanksAlone(String name) {
    assertThat(Printable.is(name)).isTrue();
    assertThat(Printable.isSeen(name)).isFalse();
  }
}
