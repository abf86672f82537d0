package dev.trackside.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.http.EdgeLimits;
import dev.trackside.live.Rates;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  private final Options options = new Options();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private OptionalInt read(String... args) {
    return options.read(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  @Test
  void nothingNeedsToBeSaid() {
    assertThat(read()).isEmpty();
    Settings settings = options.settings();
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.host()).isEqualTo("0.0.0.0");
    assertThat(settings.data().directory()).isEqualTo(Path.of("./data"));
    assertThat(settings.data().openIds()).isEqualTo(10_000);
    assertThat(settings.data().acceptLostClaims()).isFalse();
    assertThat(settings.data().keep().keepUnclaimed()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.data().keep().full()).isTrue();
    assertThat(settings.open()).isTrue();
    assertThat(settings.demo()).isFalse();
    assertThat(settings.connections().silence()).isEqualTo(Duration.ofSeconds(60));
    EdgeLimits edge = settings.edge();
    assertThat(edge.patience()).isEqualTo(Duration.ofSeconds(10));
    assertThat(edge.slowestBytesASecond()).isEqualTo(1024);
    assertThat(edge.connections()).isPositive();
    assertThat(edge.connectionsOfOne()).isEqualTo(1_000);
    assertThat(settings.live().rates()).isEqualTo(Rates.USUAL);
  }

  @Test
  void everythingCanBeSaid() {
    assertThat(
            read(
                "serve",
                "--port",
                "0",
                "--host=127.0.0.1",
                "--data=/x",
                "--open=true",
                "--demo",
                "--origin=https://a.example,https://b.example",
                "--silence=5"))
        .isEmpty();
    Settings settings = options.settings();
    assertThat(settings.port()).isZero();
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.demo()).isTrue();
    assertThat(settings.origins().allowed())
        .containsExactlyInAnyOrder("https://a.example", "https://b.example");
    assertThat(settings.connections().silence()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void addressMayHaveTheBracketsOfAUrl() {
    assertThat(read("--host=[::1]")).isEmpty();
    assertThat(options.settings().address(8080)).hasToString("http://[::1]:8080/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port=70000|from 0 to 65535, got \"70000\"",
        "--port=http|from 0 to 65535, got \"http\"",
        "--silence=0|from 1 to 86400, got \"0\"",
        "--unclaimed=-1|from 0 to 1000000, got \"-1\"",
        "--connection-burst=0|from 1 to 1000000, got \"0\"",
        "--keep-unclaimed=7|a number with m, h or d such as 30d, got \"7\"",
        "--open=perhaps|perhaps",
        "--patience=0|from 1 to 86400, got \"0\"",
        "--slowest=0|from 1 to 1048576, got \"0\"",
        "--connections=-1|from 0 to 1000000, got \"-1\"",
        "--connections=999999|(ulimit -n), got 999999",
        "--prot=1|--prot",
        "--proxy=proxy.example|must be an address or a block such as 10.0.0.0/8, got \"proxy.example\"",
        "--proxy=10.0.0.1,x|got \"x\"",
        "--url=track.example|must be like https://track.example, got \"track.example\"",
        "--url=https://a.example?b|must be like https://track.example",
        "--address-connections=0|from 1 to 1000000, got \"0\"",
        "--address-handshakes=-1|from 1 to 1000000, got \"-1\"",
        "--address-claims=x|from 1 to 1000000, got \"x\"",
        "--address-wrong-keys=1001|from 1 to 1000, got \"1001\"",
        "run|got \"run\"",
        "--tiles=tiles.example/{z}|must be like https://tiles.example/{z}/{x}/{y}.png, got \"tiles",
        "--embed=club.example|must be like https://club.example, got \"club.example\"",
        "--origin=https://a.example,b|must be scheme://host or scheme://host:port, got \"b\"",
        "--origin=https://a.example:99999|must be scheme://host or scheme://host:port, got \"https://a",
        "--origin=|must be scheme://host or scheme://host:port, got \"\"",
        "--embed=https://a.example:99999|must be like https://club.example, got \"https://a.example:99",
        "--url=https://a.example:99999|must be like https://track.example, got \"https://a.example:99",
        "--host=no.such.host.invalid|must be an address of this machine such as 127.0.0.1 or ::1, got \"no",
        "--host=|must be an address of this machine such as 127.0.0.1 or ::1, got \"\"",
        "--data=|must be a directory, got \"\"",
        "--admin-key=short|--admin-key must have at least 16 characters, got 5",
        "--quiet=x|from 1 to 86400, got \"x\"",
        "--idle=0|from 1 to 86400, got \"0\"",
        "--keep=30|a number with m, h or d such as 30d, got \"30\"",
        "--demo=maybe|must be true or false, got \"maybe\"",
        "--limit-loopback=1|must be true or false, got \"1\"",
        "--synchronous=half|must be full or normal, got \"half\"",
      })
  void whatIsWrongEndsWithOneSentence(String line, String words) {
    assertThat(read(line.split(" "))).hasValue(2);
    assertThat(err.toString().strip()).startsWith("trackside: ").contains(words).hasLineCount(1);
  }

  @Test
  void helpAndVersionAreAnswers() {
    assertThat(read("--help")).hasValue(0);
    assertThat(out.toString()).contains("--port").contains("TRACKSIDE_PORT");
    assertThat(read("--version")).hasValue(0);
    assertThat(out.toString()).contains("trackside ");
  }
}
