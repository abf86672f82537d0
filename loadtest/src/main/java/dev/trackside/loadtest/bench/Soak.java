package dev.trackside.loadtest.bench;

import dev.trackside.loadtest.result.Gauge;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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

/** The command that keeps a server busy for long, and checks that its resources stay flat. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps a server busy for long: spectators leave and come back, some do not read, some",
      "vanish without closing. Heap, memory, files and threads must stay flat, and nothing may",
      "be lost; else the exit code is 1."
    })
public final class Soak implements Callable<Integer> {
  private static final int OPENING_SECONDS = 120;
  private static final int DRAIN_SECONDS = 30;
  private static final int GLANCE_MS = 50;

  @Mixin private ServerOption server = new ServerOption();

  @Option(names = "--minutes", paramLabel = "N", description = "How long. Default: 30")
  private double minutes = 30;

  @Option(
      names = "--settle-minutes",
      paramLabel = "N",
      description = "The first minutes, which do not count for the slopes. Default: 5")
  private double settleMinutes = 5;

  @Option(names = "--connections", paramLabel = "N", description = "Default: 5000")
  private int connections = 5_000;

  @Option(
      names = "--runners",
      paramLabel = "N",
      description = "How many of them are runners, who report once a second. Default: 100")
  private int runners = 100;

  @Option(
      names = "--churn",
      paramLabel = "PERCENT",
      description = "How many of the spectators leave each second. Default: 1")
  private double churn = 1;

  @Option(
      names = "--stalled",
      paramLabel = "PERCENT",
      description = "How many follow everybody and at times do not read for 20 s. Default: 1")
  private double stalled = 1;

  @Option(
      names = "--half-open",
      paramLabel = "PERCENT",
      description = "How many stop answering without closing. Default: 1")
  private double halfOpen = 1;

  @Option(
      names = "--silence",
      paramLabel = "SECONDS",
      description = "After how long the server ends a silent connection. Default: 60")
  private int silence = 60;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      description = "The time between samples. Default: 30")
  private double every = 30;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "A page to fill the part soak of; the chart goes into its directory.")
  private @Nullable Path report;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write the figures, as JSON.")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    int watchers = connections - runners;
    var size =
        new Crowd.Size(
            runners, watchers, share(watchers, stalled), share(watchers, halfOpen), silence);
    var result = play(size);
    print(result.markdown());
    if (report != null) {
      new MarkdownPage(report).fill("soak", result.markdown());
      result.drawInto(MarkdownPage.directory(report));
    }
    if (out != null) {
      MarkdownPage.json(out, result);
    }
    return result.failures().isEmpty() ? 0 : 1;
  }

  private static int share(int of, double percent) {
    return (int) Math.round(of * percent / 100);
  }

  private SoakResult play(Crowd.Size size) throws IOException {
    try (var launch = server.launch();
        var crowd = new Crowd(launch.address(), size)) {
      crowd.begin();
      await(OPENING_SECONDS, "everybody has come", () -> crowd.openNow() >= crowd.connections());
      crowd.churn(size.watchers() * churn / 100);
      List<Sample> samples = samples(launch.gauge(), crowd);
      crowd.settle();
      await(DRAIN_SECONDS, "everybody is back", () -> crowd.openNow() >= crowd.connections());
      crowd.stopReporting();
      await(DRAIN_SECONDS, "everything is stored", crowd::allAcknowledged);
      WallClock.sleep(3_000);
      crowd.judge();
      return SoakResult.of(server.command(), size, churn, settleMinutes * 60, samples, crowd);
    }
  }

  private List<Sample> samples(Gauge gauge, Crowd crowd) {
    var samples = new ArrayList<Sample>();
    long begin = WallClock.micros();
    for (int i = 0; i * every <= minutes * 60; i++) {
      WallClock.sleepUntil(begin + (long) (i * every * 1e6));
      var sample = Sample.of((WallClock.micros() - begin) / 1e6, gauge, crowd);
      samples.add(sample);
      print(
          String.format(
              Locale.ROOT,
              "%5.0f s  heap %.1f MiB  RSS %.0f MiB  files %d + %d  threads %d  delivered %,d "
                  + " lost %d",
              sample.seconds(),
              sample.heapMib(),
              sample.rssMib(),
              sample.connections(),
              sample.filesBeside(),
              sample.threads(),
              sample.delivered(),
              sample.lost()));
    }
    return samples;
  }

  private void print(String line) {
    PrintWriter to = spec.commandLine().getOut();
    to.println(line);
    to.flush();
  }

  static void await(int seconds, String what, java.util.function.BooleanSupplier done)
      throws IOException {
    long deadline = WallClock.micros() + seconds * 1_000_000L;
    while (!done.getAsBoolean()) {
      if (WallClock.micros() > deadline) {
        throw new IOException(seconds + " s were not enough until " + what);
      }
      WallClock.sleep(GLANCE_MS);
    }
  }
}
