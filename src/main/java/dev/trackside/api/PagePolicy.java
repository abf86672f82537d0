package dev.trackside.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Content-Security-Policy of the pages: everything is the server's own, but for map tiles.
 *
 * @param tiles where they come from, as the policy names it, or empty
 */
record PagePolicy(String tiles) {
  /** What can stand in a policy as it is. Anything else would be words of the client's in it. */
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(:\\d{1,5})?");

  /**
   * For one answer. Old Safari does not count a WebSocket to the page's own host as {@code 'self'}.
   *
   * @param host the request's Host header
   */
  String of(@Nullable String host) {
    String sockets =
        host != null && HOST.matcher(host).matches()
            ? " ws://%s wss://%s".formatted(host, host)
            : "";
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
        + (tiles.isEmpty() ? "" : " " + tiles)
        + "; connect-src 'self'"
        + sockets
        + "; manifest-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none';"
        + " form-action 'self'; frame-ancestors 'none'";
  }
}
