package dev.trackside.load;

import java.util.Locale;

/**
 * What became of positions that were due at a fixed rate.
 *
 * @param measured how many of them count for the latencies: those after warming up
 */
record Outcome(
    long sent,
    long acknowledged,
    long turnedAway,
    double seconds,
    long measured,
    Latencies latencies) {
  String cells() {
    return String.format(
        Locale.ROOT,
        "%,.0f | %s | %d | %d",
        acknowledged / seconds,
        latencies.cells(),
        sent - acknowledged,
        turnedAway);
  }
}
