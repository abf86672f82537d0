package dev.trackside.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of a bench's server, as its collections tell it. */
record Heap(Bench bench) {
  /** The heap in use behind a collection, and how large it was. */
  private static final Pattern COLLECTION =
      Pattern.compile("Pause (Young|Full).*->(\\d+)M\\((\\d+)M\\)");

  /** Lets the server collect everything, and returns what is in use then. */
  int afterFullCollectionMib() throws IOException, InterruptedException {
    int before = behindCollectionsMib().size();
    String jcmd = System.getProperty("java.home") + "/bin/jcmd";
    var process =
        new ProcessBuilder(jcmd, "" + bench.server().pid(), "GC.run")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader words = process.inputReader()) {
      words.lines().forEach(_ -> {});
    }
    List<Integer> heaps = behindCollectionsMib();
    if (process.waitFor() != 0 || heaps.size() == before) {
      throw new IOException("jcmd could not collect");
    }
    return heaps.getLast();
  }

  /** The heap in use behind each collection. */
  List<Integer> behindCollectionsMib() throws IOException {
    return Files.readAllLines(bench.gcLog()).stream()
        .map(COLLECTION::matcher)
        .filter(Matcher::find)
        .map(line -> Integer.parseInt(line.group(2)))
        .toList();
  }
}
