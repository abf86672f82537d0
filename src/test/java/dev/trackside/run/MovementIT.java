package dev.trackside.run;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trackside.support.Way;
import dev.trackside.track.Fix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages measure with the same rule as the server, in a script of their own (Node.js). */
class MovementIT {
  private static final long BEGIN_MS = 1_795_000_000_000L;
  private static final Way RUNS = Way.straight(3).with(4, 10, 8);
  private static final Way OFF = Way.standsAt(3_000, 2_600).with(50, 0, 1_800);

  @TempDir private Path files;

  private static Way off(Way way, Way off) {
    return way.and(second -> second / 30 % 12 == 5, off);
  }

  @Test
  void everythingIsMeasuredAlike() throws Exception {
    List<List<Fix>> runs =
        List.of(
            RUNS.fixes(BEGIN_MS, 3_600, 1),
            off(RUNS, OFF).fixes(BEGIN_MS, 3_600, 30),
            off(RUNS, Way.standsAt(3_000, 2_600)).fixes(BEGIN_MS, 3_600, 30),
            Way.laps(400, 3).with(3, 0, 5).fixes(BEGIN_MS, 7_200, 1),
            Way.laps(200, 2).with(10, 20, 20).fixes(BEGIN_MS, 7_200, 5),
            Way.laps(60, 2.5).with(2, 10, 5).fixes(BEGIN_MS, 7_200, 1),
            Way.straight(3).pausing(600, 2_400).with(5, 30, 5).fixes(BEGIN_MS, 3_600, 1),
            Way.rests().with(10, 0, 10).fixes(BEGIN_MS, 7_200, 1),
            Way.straight(3).with(15, 10, 40).fixes(BEGIN_MS, 7_200, 1),
            Way.straight(3).with(200, 0, 500).fixes(BEGIN_MS, 36_000, 300),
            Way.straight(30).with(5, 0, 10).fixes(BEGIN_MS, 3_600, 10));
    List<JsonNode> measured = measured(runs);
    for (int i = 0; i < runs.size(); i++) {
      var movement = new Movement();
      Map<String, Integer> says = new TreeMap<>();
      for (Fix fix : runs.get(i)) {
        says.merge(
            word(movement.add(fix.latDeg(), fix.lonDeg(), fix.tMs(), fix.accuracyM())),
            1,
            Integer::sum);
      }
      assertThat(measured.get(i).path("metres").asDouble())
          .as("run " + i)
          .isCloseTo(movement.metres(), within(1e-3));
      Map<String, Integer> theirs = new TreeMap<>();
      measured
          .get(i)
          .path("says")
          .properties()
          .forEach(one -> theirs.put(one.getKey(), one.getValue().asInt()));
      assertThat(theirs).as("run " + i).isEqualTo(says);
    }
  }

  private static String word(Movement.Says says) {
    return switch (says) {
      case NEAR -> "near";
      case HALO -> "halo";
      case AWAY -> "away";
      case CONFIRMS -> "confirms";
      case GOES_ON -> "goesOn";
    };
  }

  @Test
  void pageDrawsAndMeasuresNoSpikes() throws Exception {
    List<JsonNode> measured =
        measured(
            List.of(
                off(RUNS, OFF).fixes(BEGIN_MS, 1_800, 30),
                off(RUNS, Way.standsAt(3_000, 2_600)).fixes(BEGIN_MS, 1_800, 30),
                Way.rests().with(5, 30, 8).fixes(BEGIN_MS, 1_800, 1),
                RUNS.and(second -> second == 1_799, OFF).fixes(BEGIN_MS, 1_800, 1)));
    for (JsonNode one : measured.subList(0, 2)) {
      assertThat(one.path("shown").asDouble()).isCloseTo(5_310, within(150.0));
      assertThat(one.path("half").asDouble()).isCloseTo(2_655, within(150.0));
      assertThat(one.path("speed").asDouble()).isCloseTo(3, within(0.3));
      assertThat(one.path("line").size()).isBetween(50, 56);
      assertThat(one.path("line").valueStream())
          .allMatch(point -> point.path("lat").asDouble() < Way.LAT_DEG + 0.001);
    }
    assertThat(measured.get(2).path("shown").asDouble()).isLessThan(60);
    assertThat(measured.get(2).path("standingMs").asLong()).isGreaterThan(600_000);
    JsonNode dot = measured.get(3).path("dot");
    assertThat(dot.path("lat").asDouble()).isCloseTo(Way.LAT_DEG, within(0.001));
    assertThat(dot.path("acc").asDouble()).isEqualTo(1_800);
    assertThat(dot.path("t").asLong()).isEqualTo(BEGIN_MS + 1_799_000);
  }

  /** Of the older part of a run, a page knows few points, and the way until each. */
  @Test
  void pageGoesOnFromTheWayThatTheServerTells() throws Exception {
    List<Fix> run = Way.laps(400, 2.5).with(3, 10, 5).fixes(BEGIN_MS, 20_000, 1);
    var movement = new Movement();
    var points = new ArrayList<String>();
    for (int i = 0; i < run.size(); i++) {
      Fix fix = run.get(i);
      movement.add(fix.latDeg(), fix.lonDeg(), fix.tMs(), fix.accuracyM());
      boolean isOld = i < run.size() - Trail.RAW;
      if (!isOld) {
        points.add(json(fix));
      } else if (i % 100 == 0) {
        long way = Math.round(movement.metres());
        points.add(json(fix).replace("}", ",\"way\":" + way + "}"));
      }
    }
    JsonNode one = measuredOf(List.of(points)).getFirst();
    assertThat(one.path("shown").asDouble()).isCloseTo(movement.metresSoFar(), within(60.0));
    assertThat(one.path("half").asDouble())
        .isCloseTo(movement.metresSoFar() / 2, within(0.03 * movement.metres()));
  }

  private List<JsonNode> measured(List<List<Fix>> runs) throws Exception {
    return measuredOf(
        runs.stream().map(run -> run.stream().map(MovementIT::json).toList()).toList());
  }

  private List<JsonNode> measuredOf(List<List<String>> runs) throws Exception {
    Path input = files.resolve("fixes");
    Files.writeString(
        input,
        runs.stream()
            .map(run -> run.stream().collect(joining(",", "[", "]")))
            .collect(joining("\n")));
    var lines = new ArrayList<JsonNode>();
    for (String line : run(input).split("\n", -1)) {
      if (!line.isBlank()) {
        lines.add(new JsonMapper().readTree(line));
      }
    }
    assertThat(lines).hasSameSizeAs(runs);
    return lines;
  }

  private static String json(Fix fix) {
    String accuracy = Double.isNaN(fix.accuracyM()) ? "" : ",\"acc\":" + fix.accuracyM();
    return "{\"t\":%d,\"lat\":%s,\"lon\":%s%s}"
        .formatted(fix.tMs(), fix.latDeg(), fix.lonDeg(), accuracy);
  }

  private String run(Path input) throws IOException, InterruptedException {
    Path output = files.resolve("measured");
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "node",
                  "src/test/node/measure.mjs",
                  "src/main/resources/public/assets",
                  input.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError(
          "This test needs Node.js, which is not here: make test installs it.", e);
    }
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String words = Files.readString(output);
    assertThat(ended).as("ended within a minute: " + words).isTrue();
    assertThat(process.exitValue()).as(words).isZero();
    return words;
  }
}
