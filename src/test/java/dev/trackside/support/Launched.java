package dev.trackside.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A server process that {@code bin/trackside} has become, and what it says. */
public final class Launched implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;
  private static final int TICKS_A_SECOND = 100;

  private final Process process;
  private final List<String> words = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> startLine = new CompletableFuture<>();
  private final Thread listening;

  private Launched(Process process) {
    this.process = process;
    this.listening = Thread.ofVirtual().start(this::listen);
  }

  /** Starts a server on a data directory and a port of this machine alone. */
  public static Launched on(Path data, int port, Map<String, String> environment, String... options)
      throws IOException {
    var line = new ArrayList<>(List.of("bin/trackside", "--host=127.0.0.1"));
    line.addAll(List.of("--port=" + port, "--data=" + data));
    line.addAll(List.of(options));
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new Launched(builder.start());
  }

  private void listen() {
    try (var reader = new BufferedReader(process.inputReader(UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        words.add(line);
        if (line.contains(" is at http://")) {
          startLine.complete(line);
        }
      }
    } catch (IOException e) {
      words.add("(no more to read: " + e.getMessage() + ")");
    }
    startLine.completeExceptionally(new IOException("It ended before it was up: " + words));
  }

  /** Waits until it takes connections; returns the port. */
  public int awaitUp() {
    String line = startLine.orTimeout(PATIENCE_SECONDS, SECONDS).join();
    String address = line.substring(line.indexOf("http://"));
    return Integer.parseInt(address.replaceAll(".*:(\\d+)/.*", "$1"));
  }

  /** Lets it go on for so long, and fails when it ends by itself. */
  public void letRun(Duration time) throws InterruptedException {
    if (process.waitFor(time.toMillis(), MILLISECONDS)) {
      throw new AssertionError("It ended by itself, with " + process.exitValue() + ": " + words());
    }
  }

  /** Ends it as a power failure would, as far as the process is concerned. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    listening.join();
  }

  /** Asks it to end, and returns its exit code. */
  public int terminate() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, SECONDS)) {
      throw new AssertionError("It did not end within " + PATIENCE_SECONDS + " s: " + words());
    }
    listening.join();
    return process.exitValue();
  }

  /** Everything that it has said. */
  public List<String> words() {
    return List.copyOf(words);
  }

  public long pid() {
    return process.pid();
  }

  /** The processor time that it has used, user and system together. */
  public Duration cpu() throws IOException {
    return cpu(Path.of("/proc", "" + pid(), "stat"));
  }

  /** The same without what Java's compilers have used, who are busy after every start. */
  public Duration cpuOfWork() throws IOException {
    Duration work = cpu();
    try (Stream<Path> threads = Files.list(Path.of("/proc", "" + pid(), "task"))) {
      for (Path thread : threads.toList()) {
        if (Files.readString(thread.resolve("comm")).matches("C[12] CompilerThre\\s*")) {
          work = work.minus(cpu(thread.resolve("stat")));
        }
      }
    }
    return work;
  }

  private static Duration cpu(Path file) throws IOException {
    String stat = Files.readString(file);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return Duration.ofMillis(ticks * 1_000 / TICKS_A_SECOND);
  }

  /** A line of {@code /proc/PID/status} that tells a size, in KiB. */
  public long statusKib(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", "" + pid(), "status"))) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no " + name + " in the status of " + pid());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
