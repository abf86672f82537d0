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
      new Origins(
          Set.of("https://club.example", "HTTP://Localhost:5173", "https://mail.example:443"));

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
    "https://run.example, run.example:443, true",
    "https://run.example:443, run.example, true",
    "http://run.example, run.example:80, true",
    "http://[::1], [::1]:80, true",
    "https://[::1], [::1]:0443, true",
    "https://club.example:443, run.example, true",
    "https://Mail.example, run.example, true",
    "https://run.example, run.example:80, false",
    "http://run.example, run.example:443, false",
    "https://run.example:80, run.example, false",
    "http://club.example:443, run.example, false",
    "https://run.example, run.example:443:443, false",
    "https://run.example:99999, run.example:99999, false",
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
    assertThat(may(ORIGINS, origin, host)).isEqualTo(may);
  }

  private static boolean may(Origins origins, String origin, @Nullable String host) {
    return origins.refusal(origin, host, "connect").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://Run.example:443, https://run.example",
    "http://run.example:81, http://run.example:81",
    "null, this origin",
    "https://\"run\".example, this origin"
  })
  void refusalNamesTheOriginAndTheOptions(String origin, String named) {
    assertThat(ORIGINS.refusal(origin, "10.0.0.1:8080", "connect"))
        .hasValue(
            "Pages of "
                + named
                + " may not connect here: it is neither the server's own address (--url) nor listed (--origin).");
  }

  @Test
  void withoutAListOnlyTheServersOwnPagesMayConnect() {
    var none = new Origins(Set.of());
    assertThat(may(none, "https://club.example", "run.example")).isFalse();
    assertThat(may(none, "https://run.example", "run.example")).isTrue();
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
        "https://club.example:99999",
        "https://club.example:",
        "https://[club.example",
        "//club.example"
      })
  void whatCanBeNoPagesOriginIsRefusedOnTheList(String origin) {
    assertThatThrownBy(() -> new Origins(Set.of(origin)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an origin must be scheme://host or scheme://host:port, got \"" + origin + "\"");
  }
}
