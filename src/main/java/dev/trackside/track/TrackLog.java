package dev.trackside.track;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The log of all positions, and the only place where they are made. Everything live is somebody
 * following it, everything past is somebody reading it. Safe for use by many threads.
 *
 * <p>Numbers ({@link Position#seq}) only grow, for one runner and within one race, and none is
 * given twice. A fix is a duplicate when the same runner already has a position with the same
 * {@link Fix#tMs}, latitude and longitude; a fix without a time never is.
 *
 * <p>A follower is told of a position no later than a read can return it. Appending and following
 * never wait. Reading may, and throws {@link java.io.UncheckedIOException} when it cannot be done;
 * the message is a sentence for people.
 */
public interface TrackLog extends AutoCloseable {
  /** The most positions that one read returns. */
  int MOST = 10_000;

  /** {@link #append(Runner, List, boolean)} of a sender who waits. */
  default CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes) {
    return append(runner, fixes, true);
  }

  /**
   * Numbers and stores fixes of one runner, in the order given.
   *
   * @param waits whether somebody waits for the result; else it may come a little later, so that
   *     more is stored at once
   * @return a verdict for each fix, completed when the accepted ones are durable; failed when the
   *     log could not do it, and then nothing is promised of any of them
   */
  CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes, boolean waits);

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

  /** Whether it tells of a runner at all, now. */
  default boolean shows(Runner runner) {
    return true;
  }

  /** Erases a runner with every position, and tells the followers. Waits until it is for good. */
  void forget(Runner runner);

  /** Whether more has been appended than is durable soon: then publishers should wait. */
  boolean isFull();

  /** Runs something, on any thread, as soon as the log is not full. */
  void whenRoom(Runnable action);

  /** Why nothing becomes durable at present, a sentence for people; empty when all is well. */
  Optional<String> trouble();

  @Override
  void close();

  /** Hears of a feed, one call at a time and in {@code seq} order. Must return at once. */
  interface Follower {
    void position(Position position);

    void erased(Runner runner);
  }

  /** Ends following when it is closed; what is told already is told. */
  interface Following extends AutoCloseable {
    @Override
    void close();
  }
}
