package dev.trackside.caller;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages that may connect: the server's own, and those of listed origins. Origins are compared
 * as RFC 6454 says: in lower case, and with a scheme's usual port the same as without one.
 * Immutable.
 *
 * @param allowed the listed origins, such as {@code https://club.example}
 */
public record Origins(Set<String> allowed) {
  private static final Pattern ORIGIN =
      Pattern.compile("([a-z][a-z0-9+.-]*)://(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::(\\d{1,5}))?");
  private static final Map<String, Integer> USUAL_PORTS = Map.of("http", 80, "https", 443);
  private static final int HIGHEST_PORT = 65_535;

  /**
   * @throws IllegalArgumentException when an entry is not the origin of a page
   */
  public Origins {
    allowed = allowed.stream().map(Origins::listed).collect(toUnmodifiableSet());
  }

  private static String listed(String origin) {
    return canonical(origin)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "an origin must be scheme://host or scheme://host:port, got \""
                        + origin
                        + "\""));
  }

  /** The one spelling of an origin; empty for what no page has. */
  private static Optional<String> canonical(String origin) {
    Matcher parts = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return Optional.empty();
    }
    String portless = parts.group(1) + "://" + parts.group(2);
    if (parts.group(3) == null) {
      return Optional.of(portless);
    }
    int port = Integer.parseInt(parts.group(3));
    return port > HIGHEST_PORT
        ? Optional.empty()
        : Optional.of(
            USUAL_PORTS.getOrDefault(parts.group(1), -1) == port
                ? portless
                : portless + ":" + port);
  }

  /** Whether an Origin header names a listed origin. */
  public boolean isListed(String origin) {
    return canonical(origin).filter(allowed::contains).isPresent();
  }

  /**
   * Why a page may not do something here; empty when it may.
   *
   * @param origin the Origin header of its request
   * @param host the Host header
   * @param what what it asks to do, such as "connect"
   * @return a sentence without quotes or backslashes
   */
  public Optional<String> refusal(String origin, @Nullable String host, String what) {
    Optional<String> page = canonical(origin);
    if (page.filter(known -> allowed.contains(known) || isAt(known, host)).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "Pages of %s may not %s here: it is neither the server's own address (--url) nor listed (--origin)."
            .formatted(page.orElse("this origin"), what));
  }

  private static boolean isAt(String page, @Nullable String host) {
    String scheme = page.substring(0, page.indexOf("://") + 3);
    return host != null && canonical(scheme + host).filter(page::equals).isPresent();
  }
}
