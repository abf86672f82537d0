package dev.trackside.load;

import dev.trackside.proof.Launched;
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

  private Gauge(Launched server, Path data) throws IOException {
    this.server = server;
    this.data = data;
    this.startRssKib = server.statusKib("VmRSS");
    this.startCpuMs = server.cpu().toMillis();
    this.startBytes = bytesIn(data);
  }

  static Gauge start(Launched server, Path data) throws IOException {
    return new Gauge(server, data);
  }

  /** How much work the cells are about. */
  private record Cost(
      double cpuMicros, double cores, double mibAtStart, double mibMost, double mibAtEnd) {}

  /**
   * As cells: CPU a position, cores in use, RSS at the start, at most and in the end, disk a
   * position.
   */
  String cells(long positions) throws IOException {
    double cpuMs = server.cpu().toMillis() - startCpuMs;
    double wallMs = (System.nanoTime() - startNanos) / 1e6;
    var cost =
        new Cost(
            cpuMs * 1_000 / positions,
            cpuMs / wallMs,
            startRssKib / KIB_IN_MIB,
            server.statusKib("VmHWM") / KIB_IN_MIB,
            server.statusKib("VmRSS") / KIB_IN_MIB);
    return String.format(
        Locale.ROOT,
        "%.1f | %.2f | %.0f / %.0f / %.0f | %.0f",
        cost.cpuMicros,
        cost.cores,
        cost.mibAtStart,
        cost.mibMost,
        cost.mibAtEnd,
        (bytesIn(data) - startBytes) / (double) positions);
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
