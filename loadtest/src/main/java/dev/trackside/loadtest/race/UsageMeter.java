package dev.trackside.loadtest.race;

import dev.trackside.loadtest.result.Gauge;
import dev.trackside.loadtest.result.ServerUse;
import org.jspecify.annotations.Nullable;

/** Measures what the server uses from its creation on. For one thread. */
final class UsageMeter {
  private final @Nullable Gauge server;
  private final double cpuSecondsBefore;
  private final double rssStartMib;
  private double rssMostMib;

  UsageMeter(@Nullable Gauge server) {
    this.server = server;
    this.cpuSecondsBefore = server == null ? Double.NaN : server.cpuSeconds();
    this.rssStartMib = server == null ? Double.NaN : server.rssMib();
    this.rssMostMib = rssStartMib;
  }

  void look(double rssMib) {
    if (!Double.isNaN(rssMib)) {
      rssMostMib = Math.max(rssMostMib, rssMib);
    }
  }

  /** The use until now; null when the server is not local. */
  @Nullable ServerUse take(long delivered, boolean heap) {
    if (server == null) {
      return null;
    }
    double cpuSeconds = server.cpuSeconds() - cpuSecondsBefore;
    double rssEndMib = server.rssMib();
    int descriptors = server.descriptors();
    int threads = server.threads();
    return new ServerUse(
        cpuSeconds,
        delivered == 0 ? Double.NaN : cpuSeconds * 1e6 / delivered,
        rssStartMib,
        Math.max(rssMostMib, rssEndMib),
        rssEndMib,
        heap ? server.heapAfterGcMib() : Double.NaN,
        descriptors,
        threads);
  }
}
