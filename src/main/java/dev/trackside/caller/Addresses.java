package dev.trackside.caller;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses addresses, without ever looking up a name. */
public final class Addresses {
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern V4_WITH_PORT = Pattern.compile("[\\d.]{7,15}:\\d{1,5}");
  private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");
  private static final Pattern IN_BRACKETS = Pattern.compile("\\[([^]]{2,45})](:\\d{1,5})?");

  private Addresses() {}

  /** An IPv4 or IPv6 address; an IPv4-mapped IPv6 address is IPv4. */
  static Optional<InetAddress> parse(String withZone) {
    String text = withZone.replaceFirst("%.*", "");
    if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The same, optionally followed by a port or in brackets as in a URL. */
  public static Optional<InetAddress> parseWithPort(String text) {
    var brackets = IN_BRACKETS.matcher(text);
    if (brackets.matches()) {
      return parse(brackets.group(1));
    }
    return parse(
        V4_WITH_PORT.matcher(text).matches() ? text.substring(0, text.indexOf(':')) : text);
  }
}
