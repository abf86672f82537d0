package dev.trackside.loadtest.race;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 200ms}, {@code 30s}, {@code 5m} and {@code 1h}. */
final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,3})?)(ms|s|m|h)");

  @Override
  public Duration convert(String text) {
    Matcher found = TEXT.matcher(text.strip());
    if (!found.matches()) {
      throw new TypeConversionException(
          "must be a time such as 200ms, 30s, 5m or 1h, got \"" + text + '"');
    }
    double ms =
        Double.parseDouble(found.group(1))
            * switch (found.group(2)) {
              case "ms" -> 1;
              case "s" -> 1_000;
              case "m" -> 60_000;
              default -> 3_600_000;
            };
    return Duration.ofNanos(Math.round(ms * 1e6));
  }
}
