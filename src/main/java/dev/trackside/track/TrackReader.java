package dev.trackside.track;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Positions to follow and to read: a whole log, or the part of it that somebody may see. Safe for
 * use by many threads.
 *
 * <p>A follower is told of a position no later than any read returns it. Following never waits.
 * Reading may wait, and throws {@link java.io.UncheckedIOException} if it fails; the message is a
 * sentence.
 */
public interface TrackReader {
  /** The most positions that one read returns. */
  int MOST = 10_000;

  /** Tells a follower every position of a feed from now on, until the result is closed. */
  Following follow(Feed feed, Follower follower);

  /**
   * The newest positions of each runner in {@code feed}, in {@code seq} order.
   *
   * @param each how many of each runner; fewer if that would be more than {@link #MOST} in total
   */
  List<Position> latest(Feed feed, int each);

  /** Where a long trail begins: the first of a runner's newest positions up to a number. */
  default Optional<Position> startOfLatest(Runner runner, int each, long untilSeq) {
    List<Position> past =
        latest(new Feed.One(runner), MOST).stream().filter(p -> p.seq() <= untilSeq).toList();
    return past.stream().skip(Math.max(0, past.size() - each)).findFirst();
  }

  /** The newest position of each of these runners, in {@code seq} order. */
  List<Position> newest(Collection<Runner> runners);

  /**
   * The positions that arrived after number {@code seq}, or from the beginning if it is 0.
   *
   * @param limit the most positions to return, 1 to {@link #MOST}
   */
  Page after(Feed feed, long seq, int limit);

  /**
   * A runner's positions in the order of {@link Position#BY_TIME}, from after the pair ({@code
   * fromMs}, {@code fromSeq}) up to and including {@code toMs}.
   *
   * @param limit the most positions to return, 1 to {@link #MOST}
   */
  List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit);
}
