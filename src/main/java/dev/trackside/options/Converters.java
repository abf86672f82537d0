package dev.trackside.options;

import dev.trackside.caller.AddressBlock;
import dev.trackside.caller.PublicUrl;
import dev.trackside.http.EdgeLimits;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the words on a command line mean. */
final class Converters {
  private Converters() {}

  private static int wholeNumber(String value, int least, int most) {
    if (value.matches("\\d{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new TypeConversionException(
        "must be a whole number from " + least + " to " + most + ", got \"" + value + "\".");
  }

  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return wholeNumber(value, 0, 65_535);
    }
  }

  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return wholeNumber(value, 1, 1_000_000);
    }
  }

  static final class CountOrNone implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return wholeNumber(value, 0, 1_000_000);
    }
  }

  static final class WrongKeyCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return wholeNumber(value, 1, 1_000);
    }
  }

  static final class Rate implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return wholeNumber(value, 1, 1 << 20);
    }
  }

  static final class ConnectionCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      int number = wholeNumber(value, 0, 1_000_000);
      int most = EdgeLimits.mostConnections();
      if (number > most) {
        throw new TypeConversionException(
            "must be at most %d with this limit of open files (ulimit -n), got %d."
                .formatted(most, number));
      }
      return number;
    }
  }

  static final class Seconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return Duration.ofSeconds(wholeNumber(value, 1, 86_400));
    }
  }

  static final class Time implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,5})([mhd])");

    @Override
    public Duration convert(String value) {
      Matcher time = TIME.matcher(value);
      if (value.equals("0")) {
        return Duration.ZERO;
      } else if (time.matches()) {
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
      }
      throw new TypeConversionException(
          "must be 0 (for ever) or a number with m, h or d such as 30d, got \"" + value + "\".");
    }
  }

  /** Whether a commit waits for the disk. */
  enum Synchronous {
    FULL,
    NORMAL
  }

  static final class SynchronousWord implements ITypeConverter<Synchronous> {
    @Override
    public Synchronous convert(String value) {
      return switch (value) {
        case "full" -> Synchronous.FULL;
        case "normal" -> Synchronous.NORMAL;
        default ->
            throw new TypeConversionException("must be full or normal, got \"" + value + "\".");
      };
    }
  }

  static final class Url implements ITypeConverter<PublicUrl> {
    @Override
    public PublicUrl convert(String value) {
      try {
        return new PublicUrl(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage() + ".");
      }
    }
  }

  static final class ProxyBlock implements ITypeConverter<AddressBlock> {
    @Override
    public AddressBlock convert(String value) {
      try {
        return AddressBlock.of(value.strip());
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage() + ".");
      }
    }
  }
}
