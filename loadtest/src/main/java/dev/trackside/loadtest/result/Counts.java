package dev.trackside.loadtest.result;

/**
 * What happened, in numbers. A position delivered to ten spectators counts ten times in what is
 * about deliveries: expected = delivered + lost + skipped.
 *
 * @param connections opened for the first time
 * @param refused attempts to connect that the server, or the network, did not grant
 * @param broken connections that ended though nobody here wanted it
 * @param reconnects opened again, after breaking or because somebody left and came back
 * @param sent different positions that left for the server
 * @param acknowledged of these, those that the server said it has stored
 * @param expected what spectators were to get
 * @param delivered what they got, each position once
 * @param lost what a spectator neither got, nor was told of by {@code skipped}, nor fetched when he
 *     came back
 * @param duplicates what they got once more
 * @param disordered positions whose number is below an earlier one's of the same feed
 * @param skipped what was left out for them, and said
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
  /** Both together. */
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
