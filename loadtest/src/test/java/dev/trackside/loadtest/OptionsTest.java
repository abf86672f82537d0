package dev.trackside.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionsTest {
  private record Said(int exit, String words) {}

  private static Said run(String... args) {
    var said = new StringWriter();
    var writer = new PrintWriter(said, true);
    return new Said(Main.run(writer, writer, args), said.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--runners=0 | --runners must be 1 to 100000, got 0",
        "--url=http://host | --url must be ws://host:port or wss://host:port, got \"http://host\"",
        "--follow=one:60%,everyone:30% | must add up to 100%, got \"one:60%,everyone:30%\"",
        "--follow=several:0 | --follow takes one, several:N (1 to 200) or everyone",
        "--follow=nobody | --follow takes one, several:N (1 to 200) or everyone",
        "--churn=1 | must be 0% to 100%, such as 1%, got \"1\"",
        "--ramp=30 | must be a time such as 200ms, 30s, 5m or 1h, got \"30\"",
        "--rate=60 | --rate must be 0.01 to 50, got 60",
        "--phones=whatsapp | --phones takes owntracks, overland, osmand, traccar, gpslogger and",
        "--phones=traccar --rate=2 | send whole seconds: --rate must be at most 1",
        "--phones=traccar --follow=everyone | needs --admin-key",
        "--client=curl | must be java-websocket or jetty, got \"curl\"",
        "--lost=few | must be a number or any, got \"few\"",
        "--runs=/nowhere | there is no /nowhere",
        "--runners=50000 --spectators=50000 --follow=everyone | 2,500,000,000",
        "--spectators=40000 | one address has room for 28,000 connections, got 40,100",
        "--runners-elsewhere=5 | needs the --race",
        "--pace=-5 | --pace must be 0 to 60000, got -5",
        "--race=a/b | --race must be 1 to 64 of A-Z a-z 0-9 _ -, got \"a/b\"",
        "--out=/nowhere/race.json | there is no directory /nowhere",
        "--quickly | Unknown option",
      })
  void aWrongOptionEndsWithTwoAndASentence(String options, String sentence) {
    var words = new ArrayList<>(List.of("race"));
    if (!options.startsWith("--url")) {
      words.add("--url=ws://127.0.0.1:1");
    }
    words.addAll(Arrays.asList(options.split(" ", -1)));
    Said said = run(words.toArray(String[]::new));
    assertThat(said.exit()).as(said.words()).isEqualTo(2);
    assertThat(said.words()).startsWith("loadtest: ").contains(sentence).hasLineCount(1);
  }

  @Test
  void helpNamesEveryCommand() {
    Said said = run("--help");
    assertThat(said.exit()).isZero();
    assertThat(said.words()).contains("race", "merge");
  }

  @Test
  void whatCannotBeMergedIsNamed() {
    Said said = run("merge", "pom.xml", "-o", "target/never.json");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.words()).startsWith("loadtest: pom.xml holds no result of a load test");
  }
}
