package dev.trackside.caller;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages that may connect: the server's own, and those of listed origins. Immutable.
 *
 * @param allowed the listed origins, such as {@code https://club.example}
 */
public record Origins(Set<String> allowed) implements BiPredicate<String, @Nullable String> {
  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^\\s/?#@*]+");

  /**
   * @throws IllegalArgumentException when an entry is not the origin of a page
   */
  public Origins {
    allowed = allowed.stream().map(Origins::checked).collect(toUnmodifiableSet());
  }

  private static String checked(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    if (!ORIGIN.matcher(lower).matches()) {
      throw new IllegalArgumentException(
          "an origin must be scheme://host or scheme://host:port, got \"" + origin + "\"");
    }
    return lower;
  }

  /** Whether an Origin header names a listed origin. */
  public boolean isListed(String origin) {
    return allowed.contains(origin.toLowerCase(Locale.ROOT));
  }

  /** Whether a request with these Origin and Host headers may connect. */
  @Override
  public boolean test(String origin, @Nullable String host) {
    String lower = origin.toLowerCase(Locale.ROOT);
    return isListed(lower)
        || (host != null
            && ORIGIN.matcher(lower).matches()
            && lower.substring(lower.indexOf("://") + 3).equals(host.toLowerCase(Locale.ROOT)));
  }
}
