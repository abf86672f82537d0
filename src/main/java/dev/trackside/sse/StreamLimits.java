package dev.trackside.sse;

import java.time.Duration;

/**
 * What one stream may cost.
 *
 * @param heartbeat after how long without an event a comment is sent, at the latest; at the
 *     earliest after three fifths of it
 * @param write the longest that one write may be under way
 * @param linger how long the client may take to hear the last words
 * @param retry after how long a client should come back, at the earliest; at the latest after twice
 *     that
 * @param most how many streams there may be
 */
public record StreamLimits(
    Duration heartbeat, Duration write, Duration linger, Duration retry, int most) {
  public static final StreamLimits USUAL =
      new StreamLimits(
          Duration.ofSeconds(25),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          10_000);
}
