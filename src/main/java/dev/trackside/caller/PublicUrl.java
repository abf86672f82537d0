package dev.trackside.caller;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the world finds the server. Immutable.
 *
 * @param url such as {@code https://track.example}, or empty: then it is where a caller has found
 *     it
 */
public record PublicUrl(String url) {
  /** How many characters an address may have: links to it are also shown as codes. */
  public static final int LONGEST = 255;

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * @throws IllegalArgumentException when no server can be there
   */
  public PublicUrl {
    if (!url.isEmpty()) {
      check(url);
      url = url.replaceFirst("/+$", "");
    }
  }

  private static void check(String url) {
    if (url.length() > LONGEST) {
      throw new IllegalArgumentException(
          "must have at most %d characters, got %d".formatted(LONGEST, url.length()));
    }
    try {
      var uri = new URI(url);
      if (uri.getScheme() != null
          && SCHEMES.contains(uri.getScheme())
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return;
      }
    } catch (URISyntaxException _) {
      // said below
    }
    throw new IllegalArgumentException("must be like https://track.example, got \"" + url + "\"");
  }

  /**
   * Where it is for a caller, without a slash at the end.
   *
   * @param scheme of the address where the caller has found the server
   * @param host of that address, with the port
   */
  public String seenBy(String scheme, @Nullable String host) {
    return url.isEmpty() ? scheme + "://" + host : url;
  }

  /** The origin of the server's own pages, or nothing where that is not known beforehand. */
  public Set<String> origins() {
    if (url.isEmpty()) {
      return Set.of();
    }
    URI uri = URI.create(url);
    boolean usualPort = uri.getPort() == (uri.getScheme().equals("https") ? 443 : 80);
    return Set.of(uri.getScheme() + "://" + (usualPort ? uri.getHost() : uri.getRawAuthority()));
  }
}
