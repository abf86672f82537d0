package dev.trackside.loadtest.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The server to be measured. */
final class ServerOption {
  private static final String OPTIONS = " --port {port} --host 127.0.0.1 --data {data}";
  private static final List<String> LAUNCHERS = List.of("bin/trackside", "../bin/trackside");

  @Option(
      names = "--server",
      paramLabel = "COMMAND",
      description = {
        "How to start it; {port} and {data} stand for a free port and an empty directory.",
        "Default: bin/trackside" + OPTIONS
      })
  private @Nullable String command;

  ServerProcess launch() throws IOException {
    return ServerProcess.of(words());
  }

  List<String> words() {
    return List.of(command().strip().split("\\s+", -1));
  }

  String command() {
    if (command != null) {
      return command;
    }
    return LAUNCHERS.stream()
            .filter(launcher -> Files.isExecutable(Path.of(launcher)))
            .findFirst()
            .orElse(LAUNCHERS.getFirst())
        + OPTIONS;
  }
}
