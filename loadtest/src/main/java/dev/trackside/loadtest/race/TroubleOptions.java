package dev.trackside.loadtest.race;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What goes wrong on purpose. */
final class TroubleOptions {
  @Option(
      names = "--churn",
      paramLabel = "SHARE",
      defaultValue = "0%",
      converter = Shares.class,
      description = "Each second so many of the spectators leave, and come back: 1%%/s.")
  private Share churn = Share.NONE;

  @Option(
      names = "--stalled",
      paramLabel = "SHARE",
      defaultValue = "0%",
      converter = Shares.class,
      description = "So many of the spectators stop reading, half of them for ever: 1%%.")
  private Share stalled = Share.NONE;

  @Option(
      names = "--half-open",
      paramLabel = "SHARE",
      defaultValue = "0%",
      converter = Shares.class,
      description = "So many of the spectators vanish without closing: 1%%.")
  private Share halfOpen = Share.NONE;

  @Option(
      names = "--lossy",
      paramLabel = "SHARE",
      defaultValue = "0%",
      converter = Shares.class,
      description =
          "So many of the runners lose the network now and then, and send all later: 10%%.")
  private Share lossy = Share.NONE;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = Durations.class,
      description = "How long to wait at the end for what is missing. Default: 10s")
  private Duration patience = Duration.ofSeconds(10);

  Share churn() {
    return churn;
  }

  Share stalled() {
    return stalled;
  }

  Share halfOpen() {
    return halfOpen;
  }

  Share lossy() {
    return lossy;
  }

  Duration patience() {
    return patience;
  }
}
