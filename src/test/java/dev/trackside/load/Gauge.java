package dev.trackside.load;

import dev.trackside.support.Launched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a stretch of work costs the server. */
final class Gauge {
  private static final double KIB_IN_MIB = 1024;

  private final Launched server;
  private final Path data;
  private final long startRssKib;
  private final long startNanos = System.nanoTime();
  private final long startCpuMs;
  private final long startBytes;
  private final long startBusyMs;

  private Gauge(Launched server, Path data) throws IOException {
    this.server = server;
    this.data = data;
    this.startRssKib = server.statusKib("VmRSS");
    this.startCpuMs = server.cpu().toMillis();
    this.startBytes = bytesIn(data);
    this.startBusyMs = busyMs();
  }

  static Gauge start(Launched server, Path data) throws IOException {
    return new Gauge(server, data);
  }

  /** How much work the cells are about. */
  private record Cost(
      double cpuMicros,
      double cores,
      double allCores,
      double mibAtStart,
      double mibMost,
      double mibAtEnd) {}

  /**
   * As cells: CPU a position, cores in use of those that are busy on the machine, RSS at the start,
   * at most and in the end, disk a position.
   */
  String cells(long positions) throws IOException {
    double cpuMs = server.cpu().toMillis() - startCpuMs;
    double wallMs = (System.nanoTime() - startNanos) / 1e6;
    double allMs = busyMs() - startBusyMs;
    var cost =
        new Cost(
            cpuMs * 1_000 / positions,
            cpuMs / wallMs,
            allMs / wallMs,
            startRssKib / KIB_IN_MIB,
            server.statusKib("VmHWM") / KIB_IN_MIB,
            server.statusKib("VmRSS") / KIB_IN_MIB);
    return String.format(
        Locale.ROOT,
        "%.1f | %.2f of %.2f | %.0f / %.0f / %.0f | %.0f",
        cost.cpuMicros,
        cost.cores,
        cost.allCores,
        cost.mibAtStart,
        cost.mibMost,
        cost.mibAtEnd,
        (bytesIn(data) - startBytes) / (double) positions);
  }

  /** The processor time that the whole machine has used. */
  private static long busyMs() throws IOException {
    String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +", -1);
    long ticks = 0;
    for (int i = 1; i <= 8; i++) {
      boolean idle = i == 4 || i == 5;
      ticks += idle ? 0 : Long.parseLong(fields[i]);
    }
    return ticks * 10;
  }

  static long bytesIn(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(Gauge::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
