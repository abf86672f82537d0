package dev.trackside.track;

/**
 * A fix that a log accepted and numbered. Only a {@link TrackLog} makes positions. Immutable.
 *
 * @param seq the log's number: grows with arrival, for one runner and within one race
 * @param tMs the moment of the fix, epoch milliseconds: the sender's, or the server's where the
 *     sender gave none or one from the future
 * @param arrivedMs when it arrived, epoch milliseconds of the server's clock
 * @param late whether its moment is older than the newest one's: it belongs into the track, not at
 *     its end
 * @param previousSeq the number of the runner's position that arrived before it, or 0
 */
public record Position(
    Runner runner, long seq, long tMs, long arrivedMs, boolean late, Fix fix, long previousSeq) {}
