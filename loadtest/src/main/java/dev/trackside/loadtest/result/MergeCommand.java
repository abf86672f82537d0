package dev.trackside.loadtest.result;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that merges results. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = "Merges the results of several processes that played the same race.")
public final class MergeCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Results, written with --out.")
  private List<Path> files = List.of();

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "Where to write the merged result.")
  private Path out = Path.of("all.json");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    var outcomes = new ArrayList<Outcome>();
    for (Path file : files) {
      outcomes.add(OutcomeFile.read(file));
    }
    Outcome all = Merge.of(outcomes);
    OutcomeFile.write(all, out);
    Summary.lines(all).forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
    return all.failures().isEmpty() ? 0 : 1;
  }
}
