package dev.trackside.loadtest.race;

import dev.trackside.loadtest.report.Report;
import dev.trackside.loadtest.result.Outcome;
import dev.trackside.loadtest.result.OutcomeFile;
import dev.trackside.loadtest.result.Summary;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that plays a race. */
@Command(
    name = "race",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Plays a race to a server: runners send recorded runs, spectators follow them.",
      "Exits with 0 when every threshold is met, with 1 when one is missed, with 2 when the race"
          + " cannot begin."
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

  @Override
  public Integer call() throws Exception {
    Plan plan = plan();
    var bar =
        new ProgressBar(
            spec.commandLine().getErr(),
            Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
    var played = new Race(plan, thresholds.thresholds(), bar);
    try (var _ = new InterruptHook(played, plan.patience())) {
      return finish(played.play(), bar);
    }
  }

  private int finish(Outcome outcome, ProgressBar bar) throws IOException {
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
      for (Path file : Arrays.asList(out, report)) {
        Path directory = file == null ? null : file.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
          throw new IllegalArgumentException("there is no directory " + directory);
        }
      }
      return race.plan();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
