package dev.trackside.loadtest.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;

/**
 * A server to be compared.
 *
 * @param able which workloads it supports
 */
record Peer(String name, List<String> command, Protocol protocol, Predicate<Workload> able) {
  private static final Path CACHE =
      Path.of(System.getProperty("user.home"), ".cache", "trackside-bench");

  static Peer ours(List<String> command) {
    return new Peer("ours", command, Protocol.TRACKSIDE, _ -> true);
  }

  /** Bun, which npm installs into the cache directory if it is missing. */
  static Peer bun() throws IOException {
    Path bun = CACHE.resolve("node_modules/.bin/bun");
    if (!Files.isExecutable(bun)) {
      Files.createDirectories(CACHE);
      run(
          List.of(
              "npm",
              "install",
              "--silent",
              "--no-fund",
              "--no-audit",
              "--prefix",
              CACHE.toString(),
              "bun@^1.4"));
    }
    Path script = CACHE.resolve("bun.js");
    try (InputStream source = Peer.class.getResourceAsStream("/peers/bun.js")) {
      if (source == null) {
        throw new IOException("peers/bun.js is not in the jar");
      }
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    return new Peer(
        "Bun",
        List.of(bun.toString(), script.toString(), "{port}"),
        Protocol.PLAIN,
        work -> !work.ownOnly());
  }

  /** {@link SeedServer}, in a JVM with the same garbage collector as ours. */
  static Peer seed() {
    return new Peer(
        "seed",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SeedServer.class.getName(),
            "{port}"),
        Protocol.PLAIN,
        work -> !work.ownOnly());
  }

  private static void run(List<String> command) throws IOException {
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IOException(String.join(" ", command) + " ended with " + code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
