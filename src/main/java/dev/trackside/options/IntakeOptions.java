package dev.trackside.options;

import dev.trackside.live.Rates;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What the operator has chosen of what one connection, and those without a key, may bring. */
final class IntakeOptions {
  @Option(
      names = "--connection-positions",
      paramLabel = "N",
      converter = Converters.Count.class,
      defaultValue = "100",
      description =
          "How many positions a second a connection may bring, as long as it lasts. Default: 100")
  private int rate;

  @Option(
      names = "--connection-burst",
      paramLabel = "N",
      converter = Converters.Count.class,
      defaultValue = "1000",
      description = "How many positions a connection may bring at once. Default: 1000")
  private int burst;

  @Option(
      names = "--connection-new-ids",
      paramLabel = "N",
      converter = Converters.Count.class,
      defaultValue = "1000",
      description =
          "How many new ids nobody has claimed a connection may bring a minute. Default: 1000")
  private int newIds;

  @Option(
      names = "--unclaimed",
      paramLabel = "N",
      converter = Converters.CountOrNone.class,
      defaultValue = "10000",
      description = "How many ids that nobody has claimed may have positions. Default: 10000")
  private int unclaimed;

  @Option(
      names = "--keep-unclaimed",
      paramLabel = "TIME",
      converter = Converters.Time.class,
      defaultValue = "7d",
      description = {
        "How long to keep a position under an id that nobody has claimed, if --keep is not shorter.",
        "0: as long as --keep says. Default: 7d"
      })
  private Duration keepUnclaimed = Duration.ZERO;

  Rates rates() {
    return new Rates(rate, burst, newIds);
  }

  int unclaimed() {
    return unclaimed;
  }

  Duration keepUnclaimed() {
    return keepUnclaimed;
  }
}
