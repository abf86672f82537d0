package dev.trackside.websocket;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Negotiates compression in a handshake (RFC 7692, section 7.1): no context takeover in either
 * direction, and windows of 32 KiB, the only size that the JDK's compressor has.
 */
final class Compression {
  private static final String NAME = "permessage-deflate";
  private static final String AGREED =
      NAME + "; server_no_context_takeover; client_no_context_takeover";
  private static final String SERVER_BITS = "server_max_window_bits";
  private static final String CLIENT_BITS = "client_max_window_bits";
  private static final String WIDEST = "15";

  private Compression() {}

  /**
   * Answers the first offer that can be met, if any.
   *
   * @param offered the values of {@code Sec-WebSocket-Extensions}, most preferred first
   */
  static Optional<String> answer(List<String> offered) {
    return offered.stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .flatMap(offer -> answer(offer).stream())
        .findFirst();
  }

  private static Optional<String> answer(String offer) {
    String[] parts = offer.split(";", -1);
    if (!parts[0].strip().equalsIgnoreCase(NAME)) {
      return Optional.empty();
    }
    Map<String, String> wishes = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] wish = parts[i].split("=", 2);
      String value = wish.length == 1 ? "" : unquoted(wish[1].strip());
      if (wishes.put(wish[0].strip().toLowerCase(Locale.ROOT), value) != null) {
        return Optional.empty();
      }
    }
    return wishes.entrySet().stream().allMatch(wish -> canBeMet(wish.getKey(), wish.getValue()))
        ? Optional.of(AGREED + (wishes.containsKey(SERVER_BITS) ? "; " + SERVER_BITS + "=15" : ""))
        : Optional.empty();
  }

  private static boolean canBeMet(String name, String value) {
    return switch (name) {
      case "server_no_context_takeover", "client_no_context_takeover" -> value.isEmpty();
      case SERVER_BITS -> value.equals(WIDEST);
      case CLIENT_BITS -> value.isEmpty() || value.matches("[89]|1[0-5]");
      default -> false;
    };
  }

  private static String unquoted(String value) {
    return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
