package dev.trackside.loadtest;

import dev.trackside.loadtest.result.Counts;
import dev.trackside.loadtest.result.Outcome;
import dev.trackside.loadtest.result.OutcomeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A race played through the command line, and its output. */
record Played(int exit, Outcome outcome, String said) {
  /**
   * @throws IllegalStateException when there was no race; the message is the exit code and output
   */
  static Played race(String url, String... options) throws IOException {
    Path out = Files.createTempFile("race", ".json");
    try {
      var words = new ArrayList<>(List.of("race", "--url", url, "--out", out.toString()));
      words.addAll(List.of(options));
      var said = new StringWriter();
      var writer = new PrintWriter(said, true);
      int exit = Main.run(writer, writer, words.toArray(String[]::new));
      if (Files.size(out) == 0) {
        throw new IllegalStateException(exit + " " + said);
      }
      return new Played(exit, OutcomeFile.read(out), said.toString());
    } finally {
      Files.delete(out);
    }
  }

  Counts counts() {
    return outcome.counts();
  }
}
