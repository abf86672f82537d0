package dev.trackside.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  private static final Origins ORIGINS =
      new Origins(Set.of("https://club.example", "HTTP://Localhost:5173"));

  @ParameterizedTest
  @CsvSource({
    "https://run.example, run.example, true",
    "http://run.example:8080, run.example:8080, true",
    "http://[::1]:8080, [::1]:8080, true",
    "HTTPS://Run.Example, run.EXAMPLE, true",
    "https://club.example, run.example, true",
    "https://club.example, , true",
    "http://localhost:5173, run.example, true",
    "http://club.example, run.example, false",
    "https://club.example:8443, run.example, false",
    "https://club.example/, run.example, false",
    "https://evil.example, run.example, false",
    "https://evil.example, , false",
    "https://run.example, , false",
    "https://run.example:8080, run.example, false",
    "https://run.example, run.example:8080, false",
    "https://run.example.evil.example, run.example, false",
    "https://notrun.example, run.example, false",
    "https://evil.example#://run.example, run.example, false",
    "https://evil.example/://run.example, run.example, false",
    "https://user@run.example, run.example, false",
    "run.example, run.example, false",
    "://run.example, run.example, false",
    "http://, '', false",
    "null, null, false",
    "null, run.example, false",
    "'', '', false",
    "'', run.example, false"
  })
  void pageOfTheServersOwnOrAListedOriginMayConnect(
      String origin, @Nullable String host, boolean may) {
    assertThat(ORIGINS.test(origin, host)).isEqualTo(may);
  }

  @Test
  void withoutAListOnlyTheServersOwnPagesMayConnect() {
    assertThat(new Origins(Set.of()).test("https://club.example", "run.example")).isFalse();
    assertThat(new Origins(Set.of()).test("https://run.example", "run.example")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "null",
        "club.example",
        "https://",
        "https://*.club.example",
        "https://club.example/",
        "https://club.example/map",
        "https://a b",
        "//club.example"
      })
  void whatCanBeNoPagesOriginIsRefusedOnTheList(String origin) {
    assertThatThrownBy(() -> new Origins(Set.of(origin)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an origin must be scheme://host or scheme://host:port, got \"" + origin + "\"");
  }
}
