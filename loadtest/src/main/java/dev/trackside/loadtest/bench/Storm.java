package dev.trackside.loadtest.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that restarts a server under its spectators, who all come back. */
@Command(
    name = "storm",
    mixinStandardHelpOptions = true,
    description = {
      "Restarts the server under spectators who all come back with after within seconds: how soon",
      "they are live again, what that costs, what is lost. If anything is, the exit code is 1."
    })
public final class Storm implements Callable<Integer> {
  private static final int OPENING_SECONDS = 120;
  private static final int BACK_SECONDS = 120;
  private static final int DRAIN_SECONDS = 30;

  @Mixin private ServerOption server = new ServerOption();

  @Option(names = "--spectators", paramLabel = "N", description = "Default: 10000")
  private int spectators = 10_000;

  @Option(
      names = "--runners",
      paramLabel = "N",
      description = "Runners, who report once a second. Default: 100")
  private int runners = 100;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "The time before the restart. Default: 20")
  private int seconds = 20;

  @Option(names = "--kill", description = "Use SIGKILL instead of SIGTERM.")
  private boolean kill;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "A page to fill the part storm of.")
  private @Nullable Path report;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write the figures, as JSON.")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * The result.
   *
   * @param downSeconds from the signal until the server accepted connections again
   * @param mostSeconds from then until 95 % had got a position sent after it
   * @param allSeconds from then until everybody had got one
   * @param cpuSeconds the CPU time of the new process until then, its start included
   */
  record Result(
      String machine,
      String server,
      int spectators,
      int runners,
      boolean killed,
      double downSeconds,
      double mostSeconds,
      double allSeconds,
      double cpuSeconds,
      double rssMib,
      long sent,
      long delivered,
      long lost,
      String firstLost,
      long duplicates,
      long disordered,
      long resets) {

    String markdown() {
      return String.format(
          Locale.ROOT,
          """
          %s %,d spectators of %d runners, who report once a second; the server is %s and started \
          again on its data. All spectators come back with `after`, within 2 s of losing the connection, \
          and within another 4 s if that fails. So some of the seconds below are the clients' own wait.

          | | |
          |---|---|
          | from the signal until it accepts connections | %.1f s |
          | from then until 95 %% are live | %.1f s |
          | until all are | %.1f s |
          | server CPU until then, its start included | %.1f s |
          | server memory then | %.0f MiB |
          | positions sent | %,d |
          | delivered | %,d |
          | lost | %,d%s |
          | twice, out of order | %,d, %,d |
          | told to start over | %,d |
          """,
          machine,
          spectators,
          runners,
          killed ? "killed (SIGKILL)" : "ended (SIGTERM)",
          downSeconds,
          mostSeconds,
          allSeconds,
          cpuSeconds,
          rssMib,
          sent,
          delivered,
          lost,
          firstLost.isEmpty() ? "" : ", first " + firstLost,
          duplicates,
          disordered,
          resets);
    }
  }

  @Override
  public Integer call() throws IOException {
    Result result = play();
    spec.commandLine().getOut().println(result.markdown());
    spec.commandLine().getOut().flush();
    if (report != null) {
      new MarkdownPage(report).fill(kill ? "storm-kill" : "storm", result.markdown());
    }
    if (out != null) {
      MarkdownPage.json(out, result);
    }
    return result.lost == 0 && result.duplicates == 0 && result.disordered == 0 ? 0 : 1;
  }

  private Result play() throws IOException {
    var size = new Crowd.Size(runners, spectators, 0, 0, 60);
    try (var launch = server.launch();
        var crowd = new Crowd(launch.address(), size)) {
      crowd.begin();
      Soak.await(
          OPENING_SECONDS, "everybody has come", () -> crowd.openNow() >= crowd.connections());
      WallClock.sleep(1_000L * seconds);
      crowd.awaitAfter(Long.MAX_VALUE);
      long signal = WallClock.micros();
      launch.stop(kill);
      launch.startAgain();
      long up = WallClock.micros();
      crowd.awaitAfter(up);
      Soak.await(BACK_SECONDS, "everybody is live", () -> crowd.live() >= spectators);
      var gauge = launch.gauge();
      double cpuSeconds = gauge.cpuSeconds();
      double rssMib = gauge.rssMib();
      WallClock.sleep(3_000);
      crowd.stopReporting();
      Soak.await(DRAIN_SECONDS, "everything is stored", crowd::allAcknowledged);
      WallClock.sleep(2_000);
      crowd.judge();
      CrowdCounts sums = crowd.counts;
      return new Result(
          MarkdownPage.machine(),
          server.command(),
          spectators,
          runners,
          kill,
          (up - signal) / 1e6,
          (crowd.mostLiveMicros() - up) / 1e6,
          (crowd.lastLiveMicros() - up) / 1e6,
          cpuSeconds,
          rssMib,
          crowd.reported(),
          sums.delivered,
          sums.lost,
          sums.firstLost,
          sums.duplicates,
          sums.disordered,
          sums.resets);
    }
  }
}
