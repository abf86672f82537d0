package dev.trackside.caller;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's public address. Immutable.
 *
 * @param url such as {@code https://track.example}; empty for the address that each caller used
 */
public record PublicUrl(String url) {
  /** The most characters of an address: links to it must fit into QR codes. */
  public static final int LONGEST = 255;

  private static final int HIGHEST_PORT = 65_535;
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * @throws IllegalArgumentException when no server can have this address
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
          && uri.getPort() <= HIGHEST_PORT
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return;
      }
    } catch (URISyntaxException _) {
      // falls through to the error below
    }
    throw new IllegalArgumentException("must be like https://track.example, got \"" + url + "\"");
  }

  /** The address, without a slash at the end, for a caller that used this scheme and host:port. */
  public String seenBy(String scheme, @Nullable String host) {
    return url.isEmpty() ? scheme + "://" + host : url;
  }

  /** The origin of the server's own pages, if it is known beforehand. */
  public Set<String> origins() {
    if (url.isEmpty()) {
      return Set.of();
    }
    URI uri = URI.create(url);
    return Set.of(uri.getScheme() + "://" + uri.getRawAuthority());
  }
}
