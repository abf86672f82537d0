package dev.trackside.loadtest.race;

import dev.trackside.loadtest.result.Thresholds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The thresholds of a race. */
final class ThresholdOptions {
  @Option(
      names = "--p50",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "The greatest latency for half of the deliveries. Default: any")
  private @Nullable Duration p50;

  @Option(
      names = "--p99",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "The greatest latency for 99 % of the deliveries. Default: any")
  private @Nullable Duration p99;

  @Option(
      names = "--max",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "The greatest latency for every delivery. Default: any")
  private @Nullable Duration most;

  @Option(
      names = "--lost",
      paramLabel = "N",
      defaultValue = "0",
      converter = LimitConverter.class,
      description = "How many positions may be lost, or any. Default: 0, also for the next four")
  private long lost;

  @Option(
      names = "--duplicates",
      paramLabel = "N",
      defaultValue = "0",
      converter = LimitConverter.class,
      description = "How many may arrive twice.")
  private long duplicates;

  @Option(
      names = "--disordered",
      paramLabel = "N",
      defaultValue = "0",
      converter = LimitConverter.class,
      description = "How many may arrive out of order.")
  private long disordered;

  @Option(
      names = "--refused",
      paramLabel = "N",
      defaultValue = "0",
      converter = LimitConverter.class,
      description = "How many connections may be refused.")
  private long refused;

  @Option(
      names = "--broken",
      paramLabel = "N",
      defaultValue = "0",
      converter = LimitConverter.class,
      description = "How many connections may break.")
  private long broken;

  @Option(
      names = "--acknowledged",
      paramLabel = "PERCENT",
      defaultValue = "100%",
      converter = ShareConverter.class,
      description = "How much of what is sent must be acknowledged. Default: 100%%")
  private Share acknowledged = new Share(100);

  Thresholds thresholds() {
    return new Thresholds(
        p50, p99, most, lost, duplicates, disordered, refused, broken, acknowledged.percent());
  }

  /** A number, or {@code any}. */
  static final class LimitConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return text.equals("any") ? Thresholds.ANY : Long.parseUnsignedLong(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("must be a number or any, got \"" + text + '"');
      }
    }
  }
}
