package dev.trackside.hub;

import java.time.Duration;

/**
 * How a spectator wants a feed. Those who want it alike share what is written.
 *
 * @param pace at most one write in this time; the first position after a silence goes at once
 * @param events whether to tell the status of the runners too
 */
public record Manner(Dialect dialect, Duration pace, boolean events) {}
