package dev.trackside.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Content-Security-Policy of the pages: everything is the server's own, but for map tiles.
 * Immutable.
 */
final class PagePolicy {
  /** What can stand in a policy as it is. Anything else would be words of the client's in it. */
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(:\\d{1,5})?");

  private final String tiles;
  private final String framing;
  private final String style;

  /**
   * @param style what may stand in a page itself, word by word
   * @throws IllegalArgumentException when the tiles have no address
   */
  PagePolicy(PageSettings settings, String style) {
    this.style =
        "'sha256-" + Base64.getEncoder().encodeToString(Assets.sha256(style.getBytes(UTF_8))) + "'";
    tiles = settings.tiles().isEmpty() ? "" : originOf(settings.tiles());
    framing = String.join(" ", settings.framing().stream().sorted().toList());
  }

  /** The origin of tiles as a policy names it: {@code {s}} stands for any name. */
  private static String originOf(String tiles) {
    try {
      var uri = URI.create(tiles.replace("{s}", "any").replaceAll("[{}]", ""));
      if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null) {
        String host =
            tiles.contains("{s}.") ? uri.getHost().replaceFirst("any", "*") : uri.getHost();
        return uri.getScheme() + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(tilesRule(tiles), e);
    }
    throw new IllegalArgumentException(tilesRule(tiles));
  }

  private static String tilesRule(String tiles) {
    return "tiles must be like https://tiles.example/{z}/{x}/{y}.png, got " + tiles;
  }

  /**
   * For one page, which nobody may frame. Old Safari does not count a WebSocket to the page's own
   * host as {@code 'self'}.
   *
   * @param host the request's Host header
   */
  String of(@Nullable String host) {
    return policy(host, "'none'");
  }

  /** For one page, which may be part of the server's own and of those of some others. */
  String ofEmbedded(@Nullable String host) {
    return policy(host, framing.isEmpty() ? "'self'" : "'self' " + framing);
  }

  private String policy(@Nullable String host, String framedBy) {
    String sockets =
        host != null && HOST.matcher(host).matches()
            ? " ws://%s wss://%s".formatted(host, host)
            : "";
    return "default-src 'none'; script-src 'self'; style-src 'self' "
        + style
        + "; img-src 'self' data:"
        + (tiles.isEmpty() ? "" : " " + tiles)
        + "; connect-src 'self'"
        + sockets
        + "; manifest-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none';"
        + " form-action 'self'; frame-ancestors "
        + framedBy;
  }
}
