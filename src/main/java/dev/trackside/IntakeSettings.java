package dev.trackside;

import dev.trackside.live.Rates;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What the operator has chosen of what one connection, and those without a key, may bring. */
final class IntakeSettings {
  @Option(
      names = "--connection-positions",
      paramLabel = "N",
      converter = Settings.AtLeastOne.class,
      defaultValue = "100",
      description =
          "How many positions a second a connection may bring, as long as it lasts. Default: 100")
  private int rate;

  @Option(
      names = "--connection-burst",
      paramLabel = "N",
      converter = Settings.AtLeastOne.class,
      defaultValue = "1000",
      description = "How many positions a connection may bring at once. Default: 1000")
  private int burst;

  @Option(
      names = "--connection-new-ids",
      paramLabel = "N",
      converter = Settings.AtLeastOne.class,
      defaultValue = "1000",
      description =
          "How many new ids nobody has claimed a connection may bring a minute. Default: 1000")
  private int newIds;

  @Option(
      names = "--unclaimed",
      paramLabel = "N",
      converter = Settings.Count.class,
      defaultValue = "10000",
      description = "How many ids that nobody has claimed may have positions. Default: 10000")
  private int unclaimed;

  @Option(
      names = "--keep-unclaimed",
      paramLabel = "TIME",
      converter = Settings.Time.class,
      defaultValue = "7d",
      description = {
        "How long to keep a position under an id that nobody has claimed, if --keep is not shorter.",
        "0: as long as --keep says. Default: 7d"
      })
  private Duration keepUnclaimed = Duration.ZERO;

  @Option(
      names = "--limit-loopback",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description =
          "Whether --connection-positions and --connection-burst hold for who connects from this machine, too.")
  private boolean limitLoopback;

  Rates rates() {
    return new Rates(rate, burst, newIds, limitLoopback);
  }

  int unclaimed() {
    return unclaimed;
  }

  Duration keepUnclaimed() {
    return keepUnclaimed;
  }
}
