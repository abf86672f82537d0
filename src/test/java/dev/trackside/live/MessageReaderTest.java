package dev.trackside.live;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_32BE;
import static java.nio.charset.StandardCharsets.UTF_32LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackside.live.Refusal.Code;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
  static ClientMessage read(String json) throws Refusal {
    byte[] bytes = (json + "these bytes are of the last message").getBytes(UTF_8);
    return MessageReader.read(bytes, json.getBytes(UTF_8).length);
  }

  private static Refusal refusal(String json) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> read(json));
    assertThat(refusal).as(json).isNotNull();
    assertThat(Messages.error(refusal)).as("what the client is told").hasSizeLessThan(4_096);
    return refusal;
  }

  static Stream<String> noObjects() {
    return Stream.of(
        "",
        " ",
        "anna",
        "42",
        "null",
        "true",
        "\"anna\"",
        "[]",
        "[{\"id\":\"anna\"}]",
        "{",
        "}",
        "{}}",
        "{} {}",
        "{}x",
        "{},",
        "{\"id\"}",
        "{\"id\":}",
        "{\"id\":\"anna\"",
        "{\"id\":\"anna",
        "{\"id\":\"anna\",}",
        "{id:\"anna\"}",
        "{'id':'anna'}",
        "{\"lat\":01}",
        "{\"lat\":+1}",
        "{\"lat\":.5}",
        "{\"lat\":1.}",
        "{\"lat\":0x10}",
        "{\"lat\":1,\"lon\"",
        "{\"lat\":nan}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\ud83",
        "{\"a\":tru}",
        "{\"a\":😀}",
        "{\"a\":/* */1}",
        "{\"a\":" + "x".repeat(150) + "😀".repeat(90) + "}");
  }

  @ParameterizedTest
  @MethodSource("noObjects")
  void whatIsNoJsonObjectIsBadJson(String json) {
    assertThat(refusal(json).code).isEqualTo(Code.BAD_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[[{\"a\":"})
  void whatIsNestedTooDeepIsBadJson(String opening) {
    for (String name : List.of("x", "id", "lat", "follow", "after", "key", "ping", "echo", "t")) {
      String json = "{\"" + name + "\":" + opening.repeat(4_000 / opening.length());
      assertThat(refusal(json).code).isIn(Code.BAD_JSON, Code.BAD_ID, Code.BAD_COMMAND);
    }
    assertThat(refusal("{\"x\":" + opening.repeat(2_000)).code).isEqualTo(Code.BAD_JSON);
  }

  @Test
  void emptyObjectSaysNothing() throws Refusal {
    ClientMessage message = read(" { } ");
    assertThat(message.position()).isFalse();
    assertThat(message.isCommand()).isFalse();
    assertThat(message.id()).isNull();
    assertThat(message.after()).isEmpty();
    assertThat(message.trail()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"anna\" | anna",
        "\"berlin/*\" | berlin/*",
        "42 | 42",
        "-1 | -1",
        "123456789012345678901234567890 | 123456789012345678901234567890",
        "\"\\u0061nna\" | anna",
        "\"../x\" | ../x"
      })
  void idIsAStringOrAWholeNumber(String written, String id) throws Refusal {
    assertThat(read("{\"id\":" + written + "}").id()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "ref",
        "ping",
        "follow",
        "unfollow",
        "after",
        "trail",
        "echo",
        "batch",
        "codec",
        "events",
        "pace"
      })
  void nullSaysNothing(String name) throws Refusal {
    assertThat(read("{\"" + name + "\":null}")).isEqualTo(read("{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1e2", "NaN", "true", "[]", "[\"anna\"]", "{}"})
  void anyOtherIdIsBad(String written) {
    Refusal refusal = refusal("{\"id\":" + written + "}");
    assertThat(refusal.code).isEqualTo(Code.BAD_ID);
    assertThat(refusal.words()).isEqualTo("id must be a string or a whole number");
  }

  @Test
  void optionsAreRead() throws Refusal {
    ClientMessage message =
        read(
            "{\"id\":\"anna\",\"key\":\"secret\",\"echo\":false,\"batch\":true,\"events\":true,\"codec\":\"compact\","
                + "\"trail\":10000,\"after\":9007199254740991,\"pace\":0}");
    assertThat(message.echo()).isFalse();
    assertThat(message.batch()).isTrue();
    assertThat(message.compact()).isTrue();
    assertThat(message.events()).isTrue();
    assertThat(message.trail()).isEqualTo(Map.of("", 10_000L));
    assertThat(message.after()).isEqualTo(Map.of("", 9_007_199_254_740_991L));
    assertThat(message.paceMs()).isZero();
    assertThat(message.position()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo | 1 | echo must be true or false, got 1",
        "batch | \"true\" | batch must be true or false, got true",
        "codec | \"json\" | codec must be \"compact\" or left out, got json",
        "codec | 1 | codec must be \"compact\" or left out, got 1",
        "events | {\"a\":1} | events must be true or false, got {",
        "pace | -1 | pace must be a whole number from 0 to 60000, got -1",
        "pace | 60001 | pace must be a whole number from 0 to 60000, got 60001",
        "pace | 1.5 | pace must be a whole number from 0 to 60000, got 1.5",
        "pace | \"1\" | pace must be a whole number from 0 to 60000, got 1",
        "pace | NaN | pace must be a whole number from 0 to 60000, got NaN",
        "trail | 10001 | trail must be a whole number from 0 to 10000, got 10001",
        "trail | [1] | trail must be a whole number from 0 to 10000, got [",
        "trail | {\"a\":-1} | trail must be a whole number from 0 to 10000, got -1",
        "trail | {\"a\":{}} | trail must be a whole number from 0 to 10000, got {",
        "after | -5 | after must be a whole number from 0 to 9223372036854775807, got -5",
        "after | 9223372036854775808 | after must be a whole number from 0 to"
            + " 9223372036854775807, got 9223372036854775808",
        "follow | \"bob\" | follow must be an array of ids: [\"anna\"]",
        "follow | {} | follow must be an array of ids: [\"anna\"]",
        "follow | [[\"bob\"]] | follow must be an array of ids: [\"anna\"]",
        "follow | [\"bob\",null] | follow must be an array of ids: [\"anna\"]",
        "unfollow | [true] | unfollow must be an array of ids: [\"anna\"]",
        "unfollow | [1.5] | unfollow must be an array of ids: [\"anna\"]",
        "ping | {} | ping must be a number or a string of at most 64 characters",
        "ping | NaN | ping must be a number or a string of at most 64 characters",
        "ref | [1] | ref must be a number or a string of at most 64 characters",
        "ref | true | ref must be a number or a string of at most 64 characters",
        "ref | Infinity | ref must be a number or a string of at most 64 characters"
      })
  void optionOrCommandOfTheWrongKindIsBad(String name, String value, String words) {
    Refusal refusal = refusal("{\"id\":\"anna\",\"" + name + "\":" + value + "}");
    assertThat(refusal.code).isEqualTo(Code.BAD_COMMAND);
    assertThat(refusal.words()).isEqualTo(words);
  }

  @Test
  void refusalIsShortHoweverLongTheValue() {
    assertThat(refusal("{\"echo\":\"" + "😀".repeat(900) + "\"}").words()).hasSizeLessThan(120);
    assertThat(refusal("{\"pace\":" + "9".repeat(900) + "}").words()).hasSizeLessThan(120);
    assertThat(refusal("{\"ref\":" + "9".repeat(65) + "}").code).isEqualTo(Code.BAD_COMMAND);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"echo\":\"a\\u0007\\n\\u2028b\"} | echo must be true or false, got a???b",
        "{\"pace\":\"\\ud800\"} | pace must be a whole number from 0 to 60000, got ?",
        "{\"a\":b\u0001c} | not JSON: Unrecognized token 'b?c'"
      })
  void whatNobodyCouldReadIsNotRepeated(String json, String words) {
    assertThat(refusal(json).words()).startsWith(words);
  }

  @Test
  void messageIsUtf8AndNothingElse() {
    for (Charset other : List.of(UTF_16LE, UTF_16BE, UTF_32LE, UTF_32BE)) {
      byte[] bytes = "{\"id\":\"anna\"}".getBytes(other);
      Refusal refusal =
          catchThrowableOfType(Refusal.class, () -> MessageReader.read(bytes, bytes.length));
      assertThat(refusal).as(other.name()).isNotNull();
      assertThat(refusal.code).isEqualTo(Code.BAD_JSON);
    }
  }

  @Test
  void commandsAreRead() throws Refusal {
    ClientMessage message =
        read(
            "{\"follow\":[\"bob\",\"berlin/*\",42],\"after\":{\"bob\":5},\"trail\":{\"bob\":100},"
                + "\"keys\":{\"bob\":\"secret\"},\"unfollow\":[],\"ping\":7}");
    assertThat(message.isCommand()).isTrue();
    assertThat(message.position()).isFalse();
    assertThat(message.follow()).containsExactly("bob", "berlin/*", "42");
    assertThat(message.unfollow()).isEmpty();
    assertThat(message.after()).isEqualTo(Map.of("bob", 5L));
    assertThat(message.trail()).isEqualTo(Map.of("bob", 100L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | 7",
        "-1.50 | -1.50",
        "\"a\" | \"a\"",
        "\"\" | \"\"",
        "\"\\\"\\\\\\n\" | \"\\\"\\\\\\n\"",
        "\"é😀\" | \"é😀\"",
        "\"\\ud83d\\ude00\" | \"😀\"",
        "\"\\ud800\" | \"\\uD800\"",
        "\"\\ude00x\" | \"\\uDE00x\""
      })
  void whatAPingCarriesComesBackAsItWas(String written, String back) throws Refusal {
    var ping = requireNonNull(read("{\"ping\":" + written + "}").ping());
    assertThat(new String(Messages.pong(ping), UTF_8))
        .isEqualTo("{\"type\":\"pong\",\"ping\":" + back + "}");
  }
}
