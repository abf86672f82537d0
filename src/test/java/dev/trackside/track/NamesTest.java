package dev.trackside.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names runners and feeds may have. */
class NamesTest {
  private static final String LONGEST = "Az09_-bc".repeat(8);

  static Stream<String> names() {
    return Stream.of("a", "anna", "42", "-1", "_", "--", "Anna_B-7", "null", LONGEST);
  }

  static Stream<String> wrong() {
    return Stream.concat(
        Stream.of(LONGEST + "x", LONGEST + "x/1", "1/" + LONGEST + "x", "x".repeat(4_000)),
        Stream.of(
            "",
            " ",
            "a b",
            " a",
            "a ",
            "a.b",
            ".",
            "..",
            "../x",
            "a/../b",
            "/",
            "/a",
            "a/",
            "//",
            "a//b",
            "a/b/c",
            "a/b/",
            "*",
            "a*",
            "a/*b",
            "a/b*",
            "a/*/b",
            "*/a",
            "**",
            ">",
            "a>b",
            "ä",
            "ａ",
            "٤",
            "𝟏",
            "é",
            "a\u0000",
            "a\n",
            "a\tb",
            "\u200b",
            "a\u202eb",
            "\ud800",
            "a%2Fb",
            "a\\b",
            "a:b",
            "a@b",
            "a#b",
            "a?b",
            "a=b",
            "a+b",
            "~",
            "\"a\"",
            "{",
            "{}",
            "[1]",
            "a,b",
            "1.0"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void runnerIsNamedAloneOrInARace(String name) {
    var alone = new Runner(name);
    assertThat(alone.race()).isEmpty();
    assertThat(alone).hasToString(name);
    assertThat(Feed.of(name)).isEqualTo(new Feed.One(alone)).hasToString(name);

    var inRace = new Runner(name + "/" + name);
    assertThat(inRace.race()).isEqualTo(name);
    assertThat(Feed.of(inRace.id())).isEqualTo(new Feed.One(inRace)).hasToString(inRace.id());

    assertThat(Feed.of(name + "/*")).isEqualTo(new Feed.Race(name)).hasToString(name + "/*");
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void everythingElseIsRefusedWithTheRule(String name) {
    assertThatThrownBy(() -> new Runner(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "id must be 1 to 64 of A-Z a-z 0-9 _ - (in a race: race/bib), got \"");
    assertThatThrownBy(() -> Feed.of(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Feed.Race(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("race must be 1 to 64 of A-Z a-z 0-9 _ -, got \"");
    assertThatThrownBy(() -> Feed.of(name + "/*")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/*", "*/*", "a/b/*", "a/*/*", "../*", "a/ *", "a/* "})
  void wildcardStandsOnlyForEveryoneInARace(String feed) {
    assertThatThrownBy(() -> Feed.of(feed)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusalShowsTheNameShortAndPrintable() {
    assertThatThrownBy(() -> new Runner("a\u0007\u202e\u2028\ud800é" + "x".repeat(300)))
        .hasMessageEndingWith("got \"a????é" + "x".repeat(74) + "…\"");
    assertThatThrownBy(() -> new Runner("😀".repeat(80)))
        .hasMessageEndingWith("got \"" + "😀".repeat(80) + "\"");
  }
}
