package dev.trackside.live;

import static dev.trackside.live.MessageReaderTest.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Fixes;
import dev.trackside.track.Fix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FixReaderTest {
  private static final String PLACE = "\"lat\":52.5,\"lon\":13.4";
  private static final JsonMapper JSON = new JsonMapper();

  private static Fix fix(String members) throws Refusal {
    ClientMessage message = read("{" + members + "}");
    assertThat(message.flaw()).isNull();
    assertThat(message.position()).isTrue();
    return requireNonNull(message.fix());
  }

  private static String flaw(String members) throws Refusal {
    ClientMessage message = read("{" + members + "}");
    assertThat(message.position()).isTrue();
    assertThat(message.fix()).isNull();
    return requireNonNull(message.flaw());
  }

  @ParameterizedTest
  @CsvSource({"lat, lon", "latitude, longitude", "lat, lng", "lat, long", "latitude, lon"})
  void placeHasManyNames(String lat, String lon) throws Refusal {
    assertThat(fix("\"" + lat + "\":52.5,\"" + lon + "\":13.4")).isEqualTo(Fixes.at(52.5, 13.4));
    assertThat(fix("\"" + lon + "\":13.4,\"" + lat + "\":525e-1")).isEqualTo(Fixes.at(52.5, 13.4));
  }

  @Test
  void everyMeasureIsRead() throws Refusal {
    String members =
        "\"id\":\"anna\",\"t\":1763777000123,\"lat\":-90,\"lon\":1.8e2,\"alt\":-3.5,\"acc\":4,"
            + "\"speed\":3.1,\"heading\":360,\"battery\":0,\"hr\":151,\"queue\":12,\"ref\":1";
    assertThat(fix(members))
        .isEqualTo(new Fix(1_763_777_000_123L, -90, 180, -3.5, 4, 3.1, 360, 0, 151, 12, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1763777000 | 1763777000000",
        "1763777000.123 | 1763777000123",
        "1763777000.1239 | 1763777000124",
        "1.763777e9 | 1763777000000",
        "1763777000123 | 1763777000123",
        "1763777000123.4 | 1763777000123",
        "946684800 | 946684800000",
        "946684800000 | 946684800000",
        "99999999999 | 99999999999000",
        "946684799 | 946684799000",
        "1763777 | 1763777000",
        "1763777000123456 | 1763777000123",
        "1763777000123456789 | 1763777000123",
        "1e30 | 253402300799999",
        "\"1999-12-31T23:59:59.999Z\" | 946684799999",
        "\"+999999999-12-31T23:59:59Z\" | 253402300799000",
        "\"2025-11-22T02:03:20Z\" | 1763777000000",
        "\"2025-11-22T02:03:20.123456Z\" | 1763777000123",
        "\"2025-11-22T03:03:20+01:00\" | 1763777000000",
        "\"2025-11-22t02:03z\" | 1763776980000"
      })
  void momentIsInSecondsMillisecondsOrIso(String written, long tMs) throws Refusal {
    assertThat(fix(PLACE + ",\"t\":" + written).tMs()).isEqualTo(tMs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999",
        "-1e999",
        "NaN",
        "Infinity",
        "true",
        "[]",
        "{}",
        "\"\"",
        "\"now\"",
        "\"1763777000\"",
        "\"2025-11-22T02:03:20\"",
        "\"2025-11-22\"",
        "\"2025-13-22T02:03:20Z\"",
        "\"😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀x😀😀😀\""
      })
  void momentThatIsNoneIsSaid(String written) throws Refusal {
    assertThat(flaw(PLACE + ",\"t\":" + written))
        .startsWith("t must be epoch s, epoch ms or ISO-8601 with a zone, got ")
        .hasSizeLessThan(160);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "-1763777000", "\"-999999999-01-01T00:00:00Z\""})
  void momentBefore1970IsNone(String written) throws Refusal {
    assertThat(fix(PLACE + ",\"t\":" + written).hasTime()).isFalse();
  }

  @Test
  void whatIsNullOrMinusOneIsUnknown() throws Refusal {
    assertThat(
            fix(
                PLACE
                    + ",\"t\":null,\"alt\":null,\"acc\":-1,\"speed\":-1.0,\"heading\":-1,"
                    + "\"battery\":-1,\"hr\":-1e0,\"queue\":null"))
        .isEqualTo(Fixes.at(52.5, 13.4));
    assertThat(fix("\"lat\":-1,\"lon\":-1,\"alt\":-1").altM()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | a position needs lat and lon",
        "\"lat\":1 | a position needs lat and lon",
        "\"lon\":1 | a position needs lat and lon",
        "\"lat\":1,\"lon\":null | lon must be a number, got null",
        "\"lat\":null,\"lon\":1 | lat must be a number, got null",
        "\"lat\":\"52\",\"lon\":1 | lat must be a number, got \"52\"",
        "\"lat\":true,\"lon\":1 | lat must be a number, got true",
        "\"lat\":[52],\"lon\":1 | lat must be a number, got [",
        "\"latitude\":{\"a\":[1]},\"lon\":1 | latitude must be a number, got {",
        "\"lat\":NaN,\"lon\":1 | lat must be a number, got NaN",
        "\"lat\":1,\"lng\":Infinity | lng must be a number, got Infinity",
        "\"lat\":1,\"long\":-Infinity | long must be a number, got -Infinity",
        "\"lat\":1e999,\"lon\":1 | lat must be a number, got 1e999",
        "\"lat\":-1e999,\"lon\":1 | lat must be a number, got -1e999",
        "\"lat\":91.2,\"lon\":1 | lat must be between -90 and 90, got 91.2",
        "\"lat\":1,\"lon\":-180.1 | lon must be between -180 and 180, got -180.1",
        "\"lat\":1,\"lat\":1,\"lon\":1 | lat is given twice",
        "\"lat\":1,\"latitude\":2,\"lon\":1 | latitude is given twice",
        "\"lat\":1,\"lon\":1,\"long\":1 | long is given twice",
        "\"lat\":1,\"lon\":1,\"t\":1763777000,\"t\":1763777000 | t is given twice",
        "\"lat\":1,\"lon\":1,\"x\":1,\"\\u0078\":2 | x is given twice",
        "\"lat\":1,\"lon\":1,\"x\":NaN | x must be a finite number, got NaN",
        "\"lat\":1,\"lon\":1,\"x\":-Infinity | x must be a finite number, got -Infinity",
        "\"lat\":1,\"lon\":1,\"x\":1e999 | x must be a finite number, got 1e999",
        "\"lat\":1,\"lon\":1,\"speed\":-2 | speed must be between 0 and 100000, got -2.0",
        "\"lat\":1,\"lon\":1,\"battery\":\"5\" | battery must be a number, got \"5\"",
        "\"lat\":1,\"lon\":1,\"queue\":-1 | queue must be between 0 and 1000000000, got -1.0",
      })
  void whatIsWrongIsSaid(String members, String flaw) throws Refusal {
    assertThat(flaw(members.isEmpty() ? "\"battery\":5" : members)).isEqualTo(flaw);
  }

  @Test
  void numberOfHundredsOfDigitsIsShownShort() throws Refusal {
    assertThat(flaw("\"lat\":" + "9".repeat(400) + ",\"lon\":1"))
        .isEqualTo("lat must be a number, got " + "9".repeat(40));
    assertThat(flaw(PLACE + ",\"x\":" + "9".repeat(400)))
        .isEqualTo("x must be a finite number, got " + "9".repeat(40));
    assertThat(fix("\"lat\":0." + "3".repeat(400) + ",\"lon\":1")).isEqualTo(Fixes.at(1 / 3.0, 1));
  }

  @Test
  void nameIsShownShortAndPrintable() throws Refusal {
    String name = "\"\\u0007" + "x".repeat(100) + "\":";
    assertThat(flaw(PLACE + "," + name + "1," + name + "2"))
        .isEqualTo("?" + "x".repeat(39) + " is given twice");
    assertThat(flaw(PLACE + "," + name + "NaN"))
        .isEqualTo("?" + "x".repeat(39) + " must be a finite number, got NaN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"ts\":1763777000,\"spd\":3.10,\"hdg\":\"N\"",
        "\"a\":null,\"b\":true,\"c\":false,\"d\":\"\",\"\":0",
        "\"big\":123456789012345678901234567890,\"small\":1e-300,\"exact\":0.10",
        "\"quote\":\"\\\"\\\\\\/\",\"na\\\"me\":1",
        "\"control\":\"\\u0000\\u001f\\n\\t\",\"\\u0001\":1",
        "\"text\":\"äö€😀\",\"näme😀\":\"\\u00e4\\ud83d\\ude00\"",
        "\"half\":\"\\ud800\",\"other\":\"x\\ude00y\"",
        "\"html\":\"</script>\\u2028\",\"__proto__\":\"x\""
      })
  void furtherMembersAreKeptAsTheyAre(String members) throws Refusal {
    String extras = fix(members + "," + PLACE).extras();
    assertThat(JSON.readTree("{" + extras + "}")).isEqualTo(JSON.readTree("{" + members + "}"));
    byte[] wire = ("{" + extras + "}").getBytes(UTF_8);
    assertThat(JSON.readTree(wire)).isEqualTo(JSON.readTree("{" + members + "}"));
  }

  @Test
  void nestedMembersAndTheServersOwnNamesAreNotPassedOn() throws Refusal {
    String members =
        "\"id\":\"anna\",\"key\":\"secret\",\"keys\":{\"a\":\"secret\"},\"ref\":1,\"type\":\"x\","
            + "\"seq\":1,\"late\":true,\"skipped\":1,\"since\":1,\"server\":\"x\",\"echo\":true,"
            + "\"trail\":1,\"after\":1,\"batch\":true,\"events\":true,\"pace\":1,\"follow\":[],"
            + "\"unfollow\":[],\"ping\":1,\"nested\":{\"a\":[1,{\"lat\":1}]},\"list\":[1],\"x\":1";
    assertThat(fix(members + "," + PLACE).extras()).isEqualTo("\"x\":1");
    assertThat(fix("\"ke\\u0079\":\"secret\"," + PLACE).extras()).isEmpty();
  }

  @Test
  void eightFurtherMembersAreTheMost() throws Refusal {
    var members = new StringBuilder(PLACE);
    for (int i = 1; i <= 8; i++) {
      members.append(",\"m").append(i).append("\":").append(i);
    }
    assertThat(fix(members.toString()).extras()).endsWith("\"m8\":8");
    assertThat(fix(members + ",\"nested\":{}").extras()).endsWith("\"m8\":8");
    assertThat(flaw(members + ",\"m9\":9"))
        .isEqualTo("a position has at most 8 further members, 512 bytes in all, got 9 of 62");
  }

  @Test
  void furtherMembersTakeAtMost512Bytes() throws Refusal {
    String exact = "\"x\":\"" + "é".repeat(253) + "\"";
    assertThat(exact.getBytes(UTF_8)).hasSize(512);
    assertThat(fix(PLACE + "," + exact).extras()).isEqualTo(exact);
    assertThat(flaw(PLACE + ",\"xx\"" + exact.substring(3)))
        .isEqualTo("a position has at most 8 further members, 512 bytes in all, got 1 of 513");
  }

  @Test
  void messageWithoutMeasuresIsNoPosition() throws Refusal {
    assertThat(read("{\"id\":\"anna\",\"x\":1}").position()).isFalse();
    assertThat(read("{\"t\":null}").position()).isTrue();
  }
}
