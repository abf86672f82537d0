package dev.trackside.hub;

import dev.trackside.track.TrackLog;
import java.time.Duration;

/**
 * How a spectator wants a feed. Those who want it alike share what is written.
 *
 * @param pace at most one write in this time; the first position after a silence goes at once
 * @param events whether to tell the status of the runners too
 * @param source where the positions come from: the log, or as much of it as he may see
 */
public record Manner(Dialect dialect, Duration pace, boolean events, TrackLog source) {
  /** The same of another source. */
  public Manner of(TrackLog other) {
    return other.equals(source) ? this : new Manner(dialect, pace, events, other);
  }
}
