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

/** The command that measures servers in turn under the same load. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the server, Bun and a loop of ctx.send on Javalin in turn: the cost of delivering",
      "a position, how soon it arrives, and what is lost."
    })
public final class Compare implements Callable<Integer> {
  private static final Duration WARM_UP = Duration.ofSeconds(8);

  @Mixin private ServerOption server = new ServerOption();

  @Option(names = "--rounds", paramLabel = "N", description = "How many rounds. Default: 3")
  private int rounds = 3;

  @Option(names = "--seconds", paramLabel = "N", description = "The length of a round. Default: 6")
  private double seconds = 6;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description =
          "Some of one, many, many-5, many-1, stream, stream-0, race, race-batch,\n"
              + "race-deflate, race-compact, idle. Default: all")
  private List<String> only = List.of();

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "NAME",
      description = "Some of bun, seed, or none. Default: bun,seed")
  private List<String> peers = List.of("bun", "seed");

  @Option(
      names = "--options",
      paramLabel = "JSON",
      description = "More members for our first message, such as ,\"batch\":true")
  private String options = "";

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "A page to fill the part compare of; the chart goes into its directory.")
  private @Nullable Path report;

  @Option(names = "--part", paramLabel = "NAME", description = "The part to fill. Default: compare")
  private String part = "compare";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write the figures, as JSON.")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  static List<Workload> works() {
    return List.of(
        Workload.feeds("one", "one runner, 1,000 spectators, saturated", 1_000, 1, 0),
        Workload.feeds("many", "500 runners x 10 spectators, saturated", 5_000, 500, 0),
        Workload.feeds("many-5", "500 runners x 10 spectators, 5 a second each", 5_000, 500, 2_500),
        Workload.feeds("many-1", "500 runners x 10 spectators, once a second", 5_000, 500, 500),
        Workload.feeds("stream", "one feed at 50 a second, 1,000 spectators", 1_000, 1, 50),
        Workload.feeds("stream-0", "the same without pacing", 1_000, 1, 50).with(",\"pace\":0"),
        Workload.race("race", "a race: 200 spectators follow 500 runners at 1 Hz", "", false),
        Workload.race("race-batch", "the same with `batch`", ",\"batch\":true", false),
        Workload.race("race-deflate", "the same with `batch`, compressed", ",\"batch\":true", true),
        Workload.race(
            "race-compact", "the same with `codec` compact", ",\"codec\":\"compact\"", false),
        Workload.idle("idle", "10,000 connections, idle", 10_000));
  }

  @Override
  public Integer call() throws IOException {
    var rows = new ArrayList<Comparison.Row>();
    List<Peer> all = peers();
    for (var work : works()) {
      if (only.isEmpty() || only.contains(work.name())) {
        rows.add(row(work.with(options), all));
      }
    }
    var comparison =
        new Comparison(
            MarkdownPage.machine(), rounds, seconds, all.stream().map(Peer::name).toList(), rows);
    if (report != null) {
      new MarkdownPage(report).fill(part, comparison.markdown());
      if (part.equals("compare")) {
        comparison.drawInto(MarkdownPage.directory(report));
      }
    }
    if (out != null) {
      MarkdownPage.json(out, comparison);
    }
    print(comparison.markdown());
    return 0;
  }

  private List<Peer> peers() throws IOException {
    var all = new ArrayList<Peer>();
    all.add(Peer.ours(server.words()));
    if (peers.contains("bun")) {
      all.add(Peer.bun());
    }
    if (peers.contains("seed")) {
      all.add(Peer.seed());
    }
    return all;
  }

  private Comparison.Row row(Workload work, List<Peer> all) throws IOException {
    var played = new ArrayList<List<Measurement>>();
    all.forEach(_ -> played.add(new ArrayList<>()));
    for (int i = 0; i < rounds; i++) {
      for (int k = 0; k < all.size(); k++) {
        if (all.get(k).able().test(work)) {
          Measurement figures = play(work, all.get(k));
          played.get(k).add(figures);
          print(
              String.format(
                  Locale.ROOT,
                  "%-12s %-5s %s",
                  work.name(),
                  all.get(k).name(),
                  Comparison.words(figures)));
        }
      }
    }
    return new Comparison.Row(work.name(), work.words(), played);
  }

  private Measurement play(Workload work, Peer peer) throws IOException {
    try (var launch = ServerProcess.of(peer.command())) {
      if (work.idle()) {
        warm(launch, peer);
      }
      try (var round = new Round(launch.address(), launch.gauge(), peer.protocol(), work)) {
        return round.play(warmUp(), length());
      }
    }
  }

  /** Pays the one-time cost of the first connections. */
  private void warm(ServerProcess launch, Peer peer) throws IOException {
    var few = Workload.feeds("warm", "", 1_000, 1, 50);
    try (var round = new Round(launch.address(), launch.gauge(), peer.protocol(), few)) {
      round.play(Duration.ofSeconds(1), warmUp());
    }
    WallClock.sleep(2_000);
  }

  private Duration warmUp() {
    return Duration.ofMillis(Math.min(WARM_UP.toMillis(), (long) (seconds * 1_500)));
  }

  private Duration length() {
    return Duration.ofMillis((long) (seconds * 1_000));
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
