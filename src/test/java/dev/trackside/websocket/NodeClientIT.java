package dev.trackside.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The client {@code ws} of Node.js, in a script of its own. */
class NodeClientIT {
  private static final Path SOURCE = Path.of("src/test/node");
  private static final Path COPY = Path.of("target/node");

  @Test
  void everythingIsAsTheScriptSays() throws Exception {
    Files.createDirectories(COPY);
    for (String file : List.of("package.json", "package-lock.json", "client.mjs")) {
      Files.writeString(COPY.resolve(file), Files.readString(SOURCE.resolve(file)));
    }
    run("npm", "ci", "--no-audit", "--no-fund");
    try (var server = new EchoServer(TestLimits.PATIENT)) {
      assertThat(run("node", "client.mjs", server.uri().toString()))
          .contains("everything as it must be");
      server.awaitNoTimers();
    }
  }

  /** Returns what the command wrote, which must have succeeded. */
  private static String run(String... command) throws IOException, InterruptedException {
    Path log = COPY.resolve(command[0] + ".log");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(COPY.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError(
          "This test needs Node.js with npm, which is not here: make test installs it.", e);
    }
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String output = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(ended).as("ended within a minute: " + output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
