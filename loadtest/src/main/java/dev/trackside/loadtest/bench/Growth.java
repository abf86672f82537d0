package dev.trackside.loadtest.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that measures how costs grow with spectators, connections and runners. */
@Command(
    name = "growth",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how the cost of a delivery grows with the spectators of a feed and with runners,",
      "and what idle connections cost."
    })
public final class Growth implements Callable<Integer> {
  private static final Duration WARM_UP = Duration.ofSeconds(8);

  @Mixin private ServerOption server = new ServerOption();

  @Option(
      names = "--spectators",
      split = ",",
      paramLabel = "N",
      description = "Spectators of one feed. Default: 1,10,100,1000,10000")
  private List<Integer> spectators = List.of(1, 10, 100, 1_000, 10_000);

  @Option(
      names = "--connections",
      split = ",",
      paramLabel = "N",
      description = "Idle connections. Default: 10,100,1000,5000,10000,18000")
  private List<Integer> connections = List.of(10, 100, 1_000, 5_000, 10_000, 18_000);

  @Option(
      names = "--runners",
      split = ",",
      paramLabel = "N",
      description = "Runners with one spectator each. Default: 1,10,100,1000,5000")
  private List<Integer> runners = List.of(1, 10, 100, 1_000, 5_000);

  @Option(
      names = "--deliveries",
      paramLabel = "N",
      description =
          "Deliveries a second as spectators grow (at most 2,000 positions). Default: 20000")
  private int deliveries = 20_000;

  @Option(
      names = "--positions",
      paramLabel = "N",
      description = "Positions a second in all as runners grow. Default: 2000")
  private int positions = 2_000;

  @Option(names = "--rounds", paramLabel = "N", description = "How many rounds. Default: 1")
  private int rounds = 1;

  @Option(names = "--seconds", paramLabel = "N", description = "The length of a round. Default: 6")
  private double seconds = 6;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "A page to fill the part growth of; the charts go into its directory.")
  private @Nullable Path report;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write the figures, as JSON.")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    var result =
        new GrowthResult(
            MarkdownPage.machine(), rounds, seconds, bySpectators(), byConnections(), byRunners());
    if (report != null) {
      new MarkdownPage(report).fill("growth", result.markdown());
      result.drawInto(MarkdownPage.directory(report));
    }
    if (out != null) {
      MarkdownPage.json(out, result);
    }
    print(result.markdown());
    return 0;
  }

  /** Makes the same number of deliveries a second for any audience, as far as one feed allows. */
  private List<GrowthResult.Step> bySpectators() throws IOException {
    var steps = new ArrayList<GrowthResult.Step>();
    for (int many : spectators) {
      int perSecond = Math.clamp(deliveries / many, 1, 2_000);
      var work = Workload.feeds("", "", many, 1, perSecond).with(",\"pace\":0");
      steps.add(step(many, work));
    }
    return steps;
  }

  private List<GrowthResult.Step> byConnections() throws IOException {
    var steps = new ArrayList<GrowthResult.Step>();
    for (int many : connections) {
      steps.add(step(many, Workload.idle("", "", many)));
    }
    return steps;
  }

  private List<GrowthResult.Step> byRunners() throws IOException {
    var steps = new ArrayList<GrowthResult.Step>();
    for (int many : runners) {
      steps.add(step(many, Workload.feeds("", "", many, many, positions).with(",\"pace\":0")));
    }
    return steps;
  }

  private GrowthResult.Step step(int size, Workload work) throws IOException {
    var played = new ArrayList<Measurement>();
    for (int i = 0; i < rounds; i++) {
      try (var launch = server.launch()) {
        if (work.idle()) {
          warm(launch);
        }
        try (var round = new Round(launch.address(), launch.gauge(), Protocol.TRACKSIDE, work)) {
          played.add(round.play(warmUp(), Duration.ofMillis((long) (seconds * 1_000))));
        }
      }
      print(String.format(Locale.ROOT, "%,7d  %s", size, Comparison.words(played.getLast())));
    }
    return new GrowthResult.Step(size, work.perSecond(), played);
  }

  private void warm(ServerProcess launch) throws IOException {
    var few = Workload.feeds("", "", 1_000, 1, 50);
    try (var round = new Round(launch.address(), launch.gauge(), Protocol.TRACKSIDE, few)) {
      round.play(Duration.ofSeconds(1), warmUp());
    }
    WallClock.sleep(2_000);
  }

  private Duration warmUp() {
    return Duration.ofMillis(Math.min(WARM_UP.toMillis(), (long) (seconds * 1_500)));
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
