package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends positions of the past to one subscriber, a piece at a time, and knows how far that has
 * come. When a piece has to wait, what comes behind it is dropped, to be read again. Owned by a
 * lane.
 */
final class ReplayPieces {
  /** The most positions of one piece. */
  static final int PAGE = 250;

  private static final int PIECE_BYTES = 32 * 1024;

  private final Channel channel;
  private final Member member;
  private final Feed feed;
  private final Runnable left;

  /** Positions behind the cursor that the subscriber does not want, which each is asked once. */
  private final Set<Long> hidden = new HashSet<>(0);

  private @Nullable LongPredicate brought;
  private long cursor;
  private long floorSeq;
  private boolean leaving;
  private boolean stalled;

  /**
   * @param feed the channel's feed, or one runner of its race
   * @param left runs when a piece that had to wait has left
   */
  ReplayPieces(Channel channel, Member member, Feed feed, Runnable left) {
    this.channel = channel;
    this.member = member;
    this.feed = feed;
    this.left = left;
  }

  /** What to read on after: everything up to this number was sent, or is not to be. */
  long cursor() {
    return cursor;
  }

  void moveTo(long seq) {
    cursor = seq;
  }

  /** Nothing up to this number is sent. */
  void floor(long seq) {
    floorSeq = seq;
  }

  /** Nothing up to the cursor is sent any more. */
  void raiseFloor() {
    floorSeq = Math.max(floorSeq, cursor);
  }

  long floorSeq() {
    return floorSeq;
  }

  /** Leaves out what the race's feed has brought of the runner. */
  void leaveOut(LongPredicate seqs) {
    brought = seqs;
  }

  /** Leaves out more. */
  void leaveOutToo(LongPredicate seqs) {
    brought = brought == null ? seqs : brought.or(seqs);
  }

  /** Forgets what to leave out: no more of the past is sent. */
  void finish() {
    brought = null;
    hidden.clear();
  }

  /** Sends positions, and returns false as soon as a piece has to wait. */
  boolean send(List<Position> positions) {
    for (int from = 0; from < positions.size(); from += PAGE) {
      List<Position> part = positions.subList(from, Math.min(from + PAGE, positions.size()));
      List<Delivery> seen = seen(part);
      for (int i = 0; i < seen.size(); ) {
        i = put(seen, i);
        if (stalled) {
          return false;
        }
      }
      cursor = part.getLast().seq();
    }
    return true;
  }

  /** Sends positions if they fit into one piece, else the first of them; returns if all were. */
  boolean sendAtOnce(List<Position> positions) {
    List<Delivery> seen = seen(positions);
    boolean all = seen.isEmpty() || put(seen, 0) == seen.size();
    if (all && !positions.isEmpty()) {
      cursor = positions.getLast().seq();
    }
    return all;
  }

  /** Whether a piece waits. */
  boolean isStalled() {
    return stalled;
  }

  private List<Delivery> seen(List<Position> positions) {
    hidden.removeIf(seq -> seq <= cursor);
    var seen = new ArrayList<Delivery>(positions.size());
    for (Position position : positions) {
      Delivery delivery = Delivery.of(position);
      if (isWanted(position) && !member.leaves(delivery) && !isHidden(position)) {
        seen.add(delivery);
      }
    }
    return seen;
  }

  /** Whether a position is to be sent, as far as the subscriber wants it. */
  boolean isWanted(Position position) {
    return position.seq() > floorSeq
        && (brought == null || !brought.test(position.seq()))
        && !channel.isGone(position)
        && (!(feed instanceof Feed.One(Runner runner)) || runner.equals(position.runner()));
  }

  private boolean isHidden(Position position) {
    if (!hidden.contains(position.seq()) && !member.hides(position)) {
      return false;
    }
    hidden.add(position.seq());
    return true;
  }

  /** Sends a piece from an index on, and returns the index behind it. */
  private int put(List<Delivery> seen, int from) {
    ByteBuffer piece = channel.lane.scratch().limit(PIECE_BYTES);
    int to = channel.options.encoder().alone().put(seen, from, piece);
    byte[] bytes = new byte[piece.position()];
    piece.get(0, bytes);
    cursor = seen.get(to - 1).position().seq();
    leaving = true;
    member.outlet.own(bytes, runnersOf(seen.subList(from, to)), this::hasLeft);
    stalled = leaving;
    return to;
  }

  private static List<Runner> runnersOf(List<Delivery> deliveries) {
    return deliveries.stream().map(delivery -> delivery.position().runner()).distinct().toList();
  }

  private void hasLeft() {
    leaving = false;
    if (stalled) {
      stalled = false;
      left.run();
    }
  }
}
