package dev.trackside.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.loadtest.bench.Compare;
import dev.trackside.loadtest.bench.Growth;
import dev.trackside.loadtest.bench.Soak;
import dev.trackside.loadtest.bench.Storm;
import dev.trackside.loadtest.race.RaceCommand;
import dev.trackside.loadtest.report.ReportCommand;
import dev.trackside.loadtest.result.MergeCommand;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The load test's command line. */
@Command(
    name = "loadtest",
    mixinStandardHelpOptions = true,
    version = "trackside loadtest 0.1.0",
    header = "Plays a race to a Trackside server and judges the result.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RaceCommand.class,
      MergeCommand.class,
      ReportCommand.class,
      Compare.class,
      Growth.class,
      Soak.class,
      Storm.class
    })
public final class Main {
  private static final int WIDTH = 110;

  private Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    System.exit(
        run(
            new PrintWriter(System.out, true, UTF_8),
            new PrintWriter(System.err, true, UTF_8),
            args));
  }

  /**
   * Runs a command line. Returns 0, or 1 when a threshold was missed, or 2 after printing why a
   * race cannot begin or an option is not valid.
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Main())
        .setUsageHelpWidth(WIDTH)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler((failure, _) -> explain(err, failure))
        .setExecutionExceptionHandler((failure, _, _) -> explain(err, failure))
        .execute(args);
  }

  private static int explain(PrintWriter err, Exception failure) {
    err.println("loadtest: " + failure.getMessage());
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }
}
