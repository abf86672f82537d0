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

/** Measures how the cost grows with spectators, connections and runners. */
@Command(
    name = "growth",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how what a delivery costs grows with the spectators of a feed and with runners,",
      "and what memory and idle connections cost."
    })
public final class Growth implements Callable<Integer> {
  private static final Duration WARM_UP = Duration.ofSeconds(8);

  @Mixin private ServerOption server = new ServerOption();

  @Option(
      names = "--spectators",
      split = ",",
      paramLabel = "N",
      description = "Of one feed. Default: 1,10,100,1000,10000")
  private List<Integer> spectators = List.of(1, 10, 100, 1_000, 10_000);

  @Option(
      names = "--connections",
      split = ",",
      paramLabel = "N",
      description = "That send nothing. Default: 10,100,1000,5000,10000,18000")
  private List<Integer> connections = List.of(10, 100, 1_000, 5_000, 10_000, 18_000);

  @Option(
      names = "--runners",
      split = ",",
      paramLabel = "N",
      description = "Each with one spectator. Default: 1,10,100,1000,5000")
  private List<Integer> runners = List.of(1, 10, 100, 1_000, 5_000);

  @Option(
      names = "--deliveries",
      paramLabel = "N",
      description = "A second, where spectators grow, of at most 2,000 positions. Default: 20000")
  private int deliveries = 20_000;

  @Option(
      names = "--positions",
      paramLabel = "N",
      description = "A second in all, where runners grow. Default: 2000")
  private int positions = 2_000;

  @Option(names = "--rounds", paramLabel = "N", description = "How often. Default: 1")
  private int rounds = 1;

  @Option(names = "--seconds", paramLabel = "N", description = "How long each. Default: 6")
  private double seconds = 6;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "A page whose part growth to fill, and in whose directory to put the charts.")
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
            Page.machine(), rounds, seconds, bySpectators(), byConnections(), byRunners());
    if (report != null) {
      new Page(report).fill("growth", result.markdown());
      result.drawInto(Page.directory(report));
    }
    if (out != null) {
      Page.json(out, result);
    }
    tell(result.markdown());
    return 0;
  }

  /** As many deliveries a second whatever the size of the audience, as far as one feed goes. */
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
    var played = new ArrayList<Figures>();
    for (int i = 0; i < rounds; i++) {
      try (var launch = server.launch()) {
        if (work.idle()) {
          warm(launch);
        }
        try (var round = new Round(launch.address(), launch.gauge(), Dialect.TRACKSIDE, work)) {
          played.add(round.play(warmUp(), Duration.ofMillis((long) (seconds * 1_000))));
        }
      }
      tell(String.format(Locale.ROOT, "%,7d  %s", size, Comparison.words(played.getLast())));
    }
    return new GrowthResult.Step(size, work.perSecond(), played);
  }

  private void warm(Launch launch) throws IOException {
    var few = Workload.feeds("", "", 1_000, 1, 50);
    try (var round = new Round(launch.address(), launch.gauge(), Dialect.TRACKSIDE, few)) {
      round.play(Duration.ofSeconds(1), warmUp());
    }
    Clock.rest(2_000);
  }

  private Duration warmUp() {
    return Duration.ofMillis(Math.min(WARM_UP.toMillis(), (long) (seconds * 1_500)));
  }

  private void tell(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
