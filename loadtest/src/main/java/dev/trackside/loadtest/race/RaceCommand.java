package dev.trackside.loadtest.race;

import dev.trackside.loadtest.report.Report;
import dev.trackside.loadtest.result.Outcome;
import dev.trackside.loadtest.result.OutcomeFile;
import dev.trackside.loadtest.result.Summary;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays a race. */
@Command(
    name = "race",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Plays a race to a server: runners send recorded runs, spectators follow them.",
      "Ends with 0 when every threshold is met, with 1 when one is missed, with 2 when it could"
          + " not begin."
    })
public final class RaceCommand implements Callable<Integer> {
  @Mixin private RaceOptions race = new RaceOptions();
  @Mixin private ThresholdOptions thresholds = new ThresholdOptions();

  @Option(names = "--out", paramLabel = "FILE", description = "Where to write the result, JSON.")
  private @Nullable Path out;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where to write a page with charts, HTML.")
  private @Nullable Path report;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Plays a race without saying or writing anything.
   *
   * @param options those of the command line
   * @throws ParameterException when an option is wrong
   */
  public static Outcome play(Progress progress, String... options)
      throws IOException, InterruptedException {
    var command = new RaceCommand();
    new CommandLine(command).parseArgs(options);
    return new Race(command.plan(), command.thresholds.thresholds(), progress).play();
  }

  @Override
  public Integer call() throws Exception {
    Plan plan = plan();
    var bar =
        new Bar(
            spec.commandLine().getErr(),
            Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
    Outcome outcome = new Race(plan, thresholds.thresholds(), bar).play();
    bar.end();
    Summary.lines(outcome).forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
    if (out != null) {
      OutcomeFile.write(outcome, out);
    }
    if (report != null) {
      Report.write(outcome, report);
    }
    return outcome.failures().isEmpty() ? 0 : 1;
  }

  private Plan plan() throws IOException {
    try {
      return race.plan();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
