package dev.trackside.track;

import java.util.Collection;
import java.util.List;

/**
 * Positions to be followed and read: a whole log, or as much of it as somebody may see. Everything
 * live is somebody following one, everything past is somebody reading one. Safe for use by many
 * threads.
 *
 * <p>A follower is told of a position no later than a read can return it. Following never waits.
 * Reading may, and throws {@link java.io.UncheckedIOException} when it cannot be done; the message
 * is a sentence for people.
 */
public interface TrackReader {
  /** The most positions that one read returns. */
  int MOST = 10_000;

  /**
   * Tells {@code follower} every position of {@code feed} from now on, until the result is closed.
   */
  Following follow(Feed feed, Follower follower);

  /**
   * The newest positions of each runner in {@code feed}, in {@code seq} order.
   *
   * @param each how many of each runner; fewer when all together would be more than {@link #MOST}
   */
  List<Position> latest(Feed feed, int each);

  /** The newest position of each of these runners who has one, in {@code seq} order. */
  List<Position> newest(Collection<Runner> runners);

  /**
   * What arrived after number {@code seq}; 0 stands for the beginning of what is kept.
   *
   * @param limit at most so many, 1 to {@link #MOST}
   */
  Page after(Feed feed, long seq, int limit);

  /**
   * A runner's positions ordered by moment, then by number: those after the pair ({@code fromMs},
   * {@code fromSeq}) up to and including {@code toMs}.
   *
   * @param limit at most so many, 1 to {@link #MOST}
   */
  List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit);
}
