package dev.trackside.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Content-Security-Policy of the pages: everything from this server, but map tiles. */
final class PagePolicy {
  /** Keeps a client from adding to the policy by its Host header. */
  private static final Pattern HOST = Pattern.compile(PageSettings.HOST);

  private final String tiles;
  private final String framing;
  private final String style;

  /**
   * @param style the whole style that a page may hold
   */
  PagePolicy(PageSettings settings, String style) {
    this.style =
        "'sha256-" + Base64.getEncoder().encodeToString(Assets.sha256(style.getBytes(UTF_8))) + "'";
    tiles = settings.tiles().isEmpty() ? "" : " " + settings.tileOrigin();
    var frames = String.join(" ", settings.framing().stream().sorted().toList());
    framing = frames.isEmpty() ? "'self'" : "'self' " + frames;
  }

  /**
   * The policy of one page. It names the WebSocket, since old Safari does not count one to the
   * page's own host as {@code 'self'}.
   *
   * @param host the request's Host header
   * @param embedded whether other pages may frame it
   */
  String of(@Nullable String host, boolean embedded) {
    String sockets =
        host != null && HOST.matcher(host).matches()
            ? " ws://%s wss://%s".formatted(host, host)
            : "";
    return "default-src 'none'; script-src 'self'; style-src 'self' "
        + style
        + "; img-src 'self' data:"
        + tiles
        + "; connect-src 'self'"
        + sockets
        + "; manifest-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none';"
        + " form-action 'self'; frame-ancestors "
        + (embedded ? framing : "'none'");
  }
}
