package dev.trackside.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.loadtest.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each command for a few seconds, with the packaged server. */
@Execution(ExecutionMode.CONCURRENT)
final class BenchIT {
  private static final String SERVER =
      "../bin/trackside --port {port} --host 127.0.0.1 --data {data}";

  @TempDir private Path directory;

  private JsonNode measured(String command, String... options) throws Exception {
    Path out = directory.resolve("out.json");
    Path report = directory.resolve("page.md");
    var words = new ArrayList<>(List.of(command, "--out", "" + out, "--report", "" + report));
    words.addAll(List.of(options));
    var said = new StringWriter();
    var writer = new PrintWriter(said, true);
    int exit = Main.run(writer, writer, words.toArray(String[]::new));
    assertThat(exit).as(said.toString()).isZero();
    assertThat(report).content().startsWith("\n\n<!-- ");
    return JsonMapper.shared().readTree(Files.readAllBytes(out));
  }

  @Test
  void whatADeliveryCostsIsMeasuredInEachDialect() throws Exception {
    JsonNode rows =
        measured(
                "compare",
                "--server",
                SERVER,
                "--rounds",
                "1",
                "--seconds",
                "1",
                "--peers",
                "none",
                "--only",
                "race,race-deflate,race-compact")
            .get("rows");
    assertThat(rows.size()).isEqualTo(3);
    double plain = figures(rows.get(0)).get("bytes").asDouble();
    for (JsonNode row : rows) {
      JsonNode figures = figures(row);
      assertThat(figures.get("perSecond").asDouble()).as(row.toString()).isPositive();
      assertThat(figures.get("micros").asDouble()).as(row.toString()).isPositive();
      assertThat(figures.get("lost").asLong()).as(row.toString()).isZero();
    }
    assertThat(figures(rows.get(1)).get("bytes").asDouble()).isLessThan(plain / 2);
    assertThat(figures(rows.get(2)).get("bytes").asDouble()).isLessThan(plain / 4);
    assertThat(directory.resolve("performance-compare.svg")).content().startsWith("<svg xmlns=");
  }

  private static JsonNode figures(JsonNode row) {
    return row.get("played").get(0).get(0);
  }

  @Test
  void howCostsGrowIsMeasured() throws Exception {
    JsonNode result =
        measured(
            "growth",
            "--server",
            SERVER,
            "--seconds",
            "1",
            "--deliveries",
            "1000",
            "--spectators",
            "50",
            "--runners",
            "50",
            "--connections",
            "1000");
    assertThat(result.get("spectators").size()).isEqualTo(1);
    for (String kind : List.of("spectators", "runners")) {
      JsonNode figures = result.get(kind).get(0).get("played").get(0);
      assertThat(figures.get("lost").asLong()).isZero();
      assertThat(figures.get("perSecond").asDouble()).isPositive();
    }
    JsonNode idle = result.get("connections").get(0).get("played").get(0);
    assertThat(idle.get("rssMib").asDouble()).isPositive();
    assertThat(directory.resolve("performance-connections.svg")).exists();
  }

  @Test
  void aSoakOfSecondsLosesNothing() throws Exception {
    JsonNode result =
        measured(
            "soak",
            "--server",
            SERVER + " --silence 3",
            "--silence",
            "3",
            "--minutes",
            "0.15",
            "--settle-minutes",
            "1",
            "--connections",
            "300",
            "--runners",
            "20",
            "--every",
            "3",
            "--churn",
            "5");
    assertThat(result.get("samples").size()).isEqualTo(4);
    assertThat(result.get("samples").get(3).get("heapMib").asDouble()).isPositive();
    JsonNode counts = result.get("counts");
    assertThat(counts.get("delivered").asLong()).isPositive();
    assertThat(counts.get("came back").asLong()).isPositive();
  }

  @Test
  void everybodyComesBackAfterARestart() throws Exception {
    JsonNode result =
        measured(
            "storm", "--server", SERVER, "--spectators", "50", "--runners", "5", "--seconds", "2");
    assertThat(result.get("delivered").asLong()).isGreaterThan(50);
    assertThat(result.get("lost").asLong()).isZero();
    assertThat(result.get("cpuSeconds").asDouble()).isPositive();
  }

  @Test
  void noPositionIsLostWhenTheServerIsKilled() throws Exception {
    JsonNode result =
        measured(
            "storm",
            "--server",
            SERVER,
            "--spectators",
            "50",
            "--runners",
            "5",
            "--seconds",
            "2",
            "--kill");
    assertThat(result.get("lost").asLong()).isZero();
  }
}
