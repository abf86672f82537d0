package dev.trackside.access;

import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The pages that may connect: the server's own, and those of origins on a list. Immutable.
 *
 * @param allowed further origins, such as {@code https://club.example}
 */
public record Origins(Set<String> allowed) implements BiPredicate<String, @Nullable String> {
  public Origins {
    allowed = Set.copyOf(allowed);
  }

  /**
   * @param origin the request's Origin header
   * @param host the request's Host header
   */
  @Override
  public boolean test(String origin, @Nullable String host) {
    int scheme = origin.indexOf("://");
    return allowed.contains(origin)
        || (scheme > 0
            && host != null
            && origin
                .substring(scheme + 3)
                .toLowerCase(Locale.ROOT)
                .equals(host.toLowerCase(Locale.ROOT)));
  }
}
