package dev.trackside.sse;

import java.time.Duration;

/**
 * What streams may cost the server.
 *
 * @param heartbeat after how long without an event a comment is sent: between 3/5 and all of it
 * @param write how long one write may take
 * @param linger how long a client may take to receive the last event
 * @param retry when a client should come back: after this time at the earliest, twice it at the
 *     latest
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
