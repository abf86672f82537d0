package dev.trackside.options;

import dev.trackside.http.EdgeLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of options, or throws {@link IllegalArgumentException} with the rule. */
final class Words {
  private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,5})([mhd])");

  private Words() {}

  static int wholeNumber(String value, int least, int most) {
    if (value.matches("\\d{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "must be a whole number from " + least + " to " + most + ", got \"" + value + "\"");
  }

  static Function<String, Integer> wholeNumber(int least, int most) {
    return value -> wholeNumber(value, least, most);
  }

  /** How many connections there may be; 0 means as many as the limit of open files allows. */
  static int connections(String value) {
    int number = wholeNumber(value, 0, 1_000_000);
    int most = EdgeLimits.mostConnections();
    if (number > most) {
      throw new IllegalArgumentException(
          "must be at most %d with this limit of open files (ulimit -n), got %d"
              .formatted(most, number));
    }
    return number == 0 ? most : number;
  }

  static Duration seconds(String value) {
    return Duration.ofSeconds(wholeNumber(value, 1, 86_400));
  }

  static Duration time(String value) {
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
    throw new IllegalArgumentException(
        "must be 0 (for ever) or a number with m, h or d such as 30d, got \"" + value + "\"");
  }

  static boolean truth(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false, got \"" + value + "\"");
    };
  }

  /** An address to listen on, without the brackets that a URL needs. */
  static String host(String value) {
    String host = value.matches("\\[.*]") ? value.substring(1, value.length() - 1) : value;
    try {
      if (!host.isEmpty()) {
        var _ = InetAddress.getByName(host);
        return host;
      }
    } catch (UnknownHostException _) {
      // refused below
    }
    throw new IllegalArgumentException(
        "must be an address of this machine such as 127.0.0.1 or ::1, got \"" + value + "\"");
  }

  static Path directory(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("must be a directory, got \"\"");
    }
    return Path.of(value);
  }

  /** Whether a commit waits for the disk. */
  static boolean synchronous(String value) {
    return switch (value) {
      case "full" -> true;
      case "normal" -> false;
      default ->
          throw new IllegalArgumentException("must be full or normal, got \"" + value + "\"");
    };
  }
}
