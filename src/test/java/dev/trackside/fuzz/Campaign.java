package dev.trackside.fuzz;

import dev.trackside.support.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Lets Jazzer loose on the targets, one after the other, each in a JVM of its own.
 *
 * <pre>Campaign [--seconds=600] [--targets=frames,…] [--report=FILE]</pre>
 *
 * Ends with 1 when a rule was broken; what broke it lies in {@code target/fuzz/<name>/}.
 */
final class Campaign {
  private static final String HEADING =
      """
      | target | samples | executions | a second | edges | features | corpus | slowest s | RSS MiB, at most | broke a rule |
      |---|---|---|---|---|---|---|---|---|---|
      """;

  private Campaign() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int seconds = Integer.parseInt(option(args, "seconds", "600"));
    List<Targets> targets =
        Arrays.stream(option(args, "targets", "").split(",", -1))
            .filter(label -> !label.isEmpty())
            .map(Targets::of)
            .toList();
    var table = new StringBuilder(HEADING);
    int findings = 0;
    for (Targets target : targets.isEmpty() ? List.of(Targets.values()) : targets) {
      System.out.println(target.label() + ", " + target.what + ": " + seconds + " s");
      Trial trial = new Trial(target, Path.of("target/fuzz", target.label()).toAbsolutePath());
      Trial.Result result = trial.run(seconds);
      table.append(result.row()).append('\n');
      findings += result.findings();
    }
    String result = "%d s for each target, -Xmx256m.\n\n%s".formatted(seconds, table);
    System.out.println(result);
    String page = option(args, "report", "");
    if (!page.isEmpty()) {
      Report.write(page, result);
    }
    System.exit(findings == 0 ? 0 : 1);
  }

  private static String option(String[] args, String name, String usual) {
    String start = "--" + name + "=";
    return Arrays.stream(args)
        .filter(arg -> arg.startsWith(start))
        .map(arg -> arg.substring(start.length()))
        .findFirst()
        .orElse(usual);
  }
}
