package dev.trackside.loadtest.race;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The faults to inject. */
final class TroubleOptions {
  @Option(
      names = "--churn",
      paramLabel = "SHARE",
      defaultValue = "0%",
      converter = ShareConverter.class,
      description = "How many of the spectators leave each second, and come back, such as 1%%/s.")
  private Share churn = Share.NONE;

  @Option(
      names = "--stalled",
      paramLabel = "SHARE",
      defaultValue = "0%",
      converter = ShareConverter.class,
      description = "How many of the spectators stop reading, half of them forever, such as 1%%.")
  private Share stalled = Share.NONE;

  @Option(
      names = "--half-open",
      paramLabel = "SHARE",
      defaultValue = "0%",
      converter = ShareConverter.class,
      description = "How many of the spectators vanish without closing, such as 1%%.")
  private Share halfOpen = Share.NONE;

  @Option(
      names = "--lossy",
      paramLabel = "SHARE",
      defaultValue = "0%",
      converter = ShareConverter.class,
      description =
          "How many of the runners lose the network at times, and catch up later, such as 10%%.")
  private Share lossy = Share.NONE;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
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
