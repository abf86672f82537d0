package dev.trackside.hub;

import dev.trackside.track.View;
import java.time.Duration;

/**
 * How a subscriber follows a feed. Subscribers with equal options share what is written.
 *
 * @param pace at most one write in this time; the first position after a silence leaves at once
 * @param events whether to send the status of the runners too
 * @param view as much of the log as the subscriber may see
 */
public record SubscribeOptions(Encoder encoder, Duration pace, boolean events, View view) {
  public SubscribeOptions of(View other) {
    return other.equals(view) ? this : new SubscribeOptions(encoder, pace, events, other);
  }
}
