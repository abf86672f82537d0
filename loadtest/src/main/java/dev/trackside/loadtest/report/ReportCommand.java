package dev.trackside.loadtest.report;

import dev.trackside.loadtest.result.OutcomeFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that makes the page of a result. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Makes an HTML page with charts from a result.")
public final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A result, written with --out.")
  private Path file = Path.of("all.json");

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "Where to write the page.")
  private Path out = Path.of("report.html");

  @Override
  public Integer call() throws Exception {
    Report.write(OutcomeFile.read(file), out);
    return 0;
  }
}
