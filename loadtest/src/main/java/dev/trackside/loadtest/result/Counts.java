package dev.trackside.loadtest.result;

/**
 * The counts of a race. A position counts once for each spectator in deliveries: expected =
 * delivered + lost + skipped.
 *
 * @param connections connections opened for the first time
 * @param refused attempts to connect that the server or the network refused
 * @param broken connections that ended against the client's will
 * @param reconnects connections opened again, after one broke or the client left
 * @param sent positions sent, each counted once
 * @param acknowledged positions that the server said it stored
 * @param expected positions that spectators should have got
 * @param delivered positions that spectators got, each counted once
 * @param lost positions that a spectator did not get, not even after coming back, and that the
 *     server did not announce as skipped
 * @param duplicates positions that spectators got again
 * @param disordered positions whose seq is below an earlier one of the same feed
 * @param skipped positions that the server left out and announced
 */
public record Counts(
    long connections,
    long refused,
    long broken,
    long reconnects,
    long sent,
    long acknowledged,
    long expected,
    long delivered,
    long lost,
    long duplicates,
    long disordered,
    long skipped) {
  public Counts plus(Counts other) {
    return new Counts(
        connections + other.connections,
        refused + other.refused,
        broken + other.broken,
        reconnects + other.reconnects,
        sent + other.sent,
        acknowledged + other.acknowledged,
        expected + other.expected,
        delivered + other.delivered,
        lost + other.lost,
        duplicates + other.duplicates,
        disordered + other.disordered,
        skipped + other.skipped);
  }
}
