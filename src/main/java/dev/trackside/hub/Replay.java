package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;

/**
 * One subscriber's way through the past of a feed until it meets the present: reads the log in
 * pages, at the subscriber's speed. Reading happens on threads that may wait, everything else in
 * the lane.
 */
final class Replay implements Channel.Joining {
  private static final int PAGE = 500;
  private static final int PIECE_BYTES = 32 * 1024;

  private final Lane lane;
  private final Channel channel;
  private final Member member;
  private final Start start;
  private final long floorSeq;
  private final Consumer<Runnable> reads;
  private long liveSeq = Long.MAX_VALUE;
  private long arrivedBefore = Long.MAX_VALUE;
  private long cursor;
  private boolean begun;
  private boolean over;

  /**
   * @param floorSeq positions up to this number are not sent, for the subscriber has them already
   * @param reads runs what may wait for the log
   */
  Replay(
      Lane lane,
      Channel channel,
      Member member,
      Start start,
      long floorSeq,
      Consumer<Runnable> reads) {
    this.lane = lane;
    this.channel = channel;
    this.member = member;
    this.start = start;
    this.floorSeq = floorSeq;
    this.reads = reads;
  }

  /** The number of the newest position that the subscriber has. */
  long cursor() {
    return cursor;
  }

  void cancel() {
    over = true;
    channel.giveUp(this);
  }

  void readOn() {
    TrackReader log = channel.options().view();
    Feed feed = channel.feed();
    long readable = channel.readableSeq();
    if (begun) {
      long from = cursor;
      reads.accept(() -> turnPage(log.after(feed, from, PAGE), readable));
      return;
    }
    begun = true;
    switch (start) {
      case Start.Trail(int each) -> reads.accept(() -> beginWith(Past.of(log, feed, each), false));
      case Start.After(long seq, int _) -> {
        cursor = seq;
        reads.accept(() -> turnPage(log.after(feed, seq, PAGE), readable));
      }
    }
  }

  private int trailEach() {
    return switch (start) {
      case Start.Trail(int each) -> each;
      case Start.After(long _, int trail) -> trail;
    };
  }

  private void turnPage(Page page, long readable) {
    switch (page) {
      case Page.Next(List<Position> positions) -> lane.put(() -> follow(positions, readable));
      case Page.Gone() ->
          beginWith(Past.of(channel.options().view(), channel.feed(), trailEach()), true);
    }
  }

  /** What the log said of the newest positions of each runner. */
  private record Past(List<Position> newest, int asked) {
    static Past of(TrackReader log, Feed feed, int each) {
      return new Past(log.latest(feed, Math.max(1, each)), each);
    }

    long newestSeq() {
      return newest.isEmpty() ? 0 : newest.getLast().seq();
    }

    /** The newest number below this one, or 0 when all that the log has is newer. */
    long newestSeqBefore(long seq) {
      for (Position position : newest.reversed()) {
        if (position.seq() < seq) {
          return position.seq();
        }
      }
      return 0;
    }
  }

  @Override
  public void liveFrom(long seq, long before) {
    liveSeq = seq;
    arrivedBefore = before;
  }

  @Override
  public void tell(byte[] bytes, Notice notice) {
    member.outlet.tell(bytes, notice);
  }

  private void beginWith(Past past, boolean reset) {
    lane.put(() -> begin(past, reset));
  }

  private void begin(Past past, boolean reset) {
    if (over) {
      return;
    }
    int each = trailEach();
    long live = Math.max(0, channel.arrived() - arrivedBefore);
    int needed = (int) Math.min(Math.max(1, each) + live, TrackReader.MOST);
    if (past.newestSeq() >= liveSeq && past.asked < needed) {
      reads.accept(
          () -> beginWith(Past.of(channel.options().view(), channel.feed(), needed), reset));
      return;
    }
    if (reset) {
      var notice = new Notice.Reset(channel.feed());
      member.outlet.tell(channel.options().encoder().encode(notice), notice);
    }
    cursor = past.newestSeqBefore(liveSeq);
    List<Position> chosen = newestOfEach(past.newest, each);
    if (chosen.isEmpty()) {
      channel.options().encoder().mark(cursor).ifPresent(mark -> member.outlet.own(mark, null));
    }
    send(chosen, this::meet);
  }

  private List<Position> newestOfEach(List<Position> positions, int each) {
    var counts = new HashMap<Runner, Integer>();
    var chosen = new ArrayDeque<Position>();
    for (Position position : positions.reversed()) {
      if (position.seq() < liveSeq && counts.merge(position.runner(), 1, Integer::sum) <= each) {
        chosen.addFirst(position);
      }
    }
    return List.copyOf(chosen);
  }

  /**
   * @param readable up to where the log could be read when this was: what it did not tell of that
   *     is hidden, or gone, and not to be read again
   */
  private void follow(List<Position> page, long readable) {
    if (over) {
      return;
    }
    if (!page.isEmpty()) {
      cursor = page.getLast().seq();
    }
    if (page.size() < PAGE) {
      cursor = Math.max(cursor, readable);
    }
    send(page, page.size() < PAGE ? this::meet : this::readOn);
  }

  private void meet() {
    if (over) {
      return;
    }
    switch (channel.meet(cursor)) {
      case Channel.Meeting.TooEarly _ -> readOn();
      case Channel.Meeting.AfterFlush _ -> channel.afterFlush(this::meet);
      case Channel.Meeting.Missing(List<Position> missing) -> {
        if (catchUp(missing)) {
          over = true;
          channel.admit(this, member);
        }
      }
    }
  }

  /**
   * Sends what is missing up to the present. Returns false when it takes more than one piece: then
   * the present has gone on when the last has left, and the two meet once more.
   */
  private boolean catchUp(List<Position> missing) {
    List<Delivery> deliveries = deliveriesOf(missing);
    ByteBuffer piece = lane.scratch().limit(PIECE_BYTES);
    if (channel.options().encoder().alone().put(deliveries, 0, piece) < deliveries.size()) {
      cursor = missing.getLast().seq();
      send(deliveries, 0, missing.size() < PAGE ? this::meet : this::readOn);
      return false;
    }
    if (!deliveries.isEmpty()) {
      member.outlet.own(bytesOf(piece), null);
    }
    cursor = missing.isEmpty() ? cursor : missing.getLast().seq();
    return true;
  }

  private List<Delivery> deliveriesOf(List<Position> positions) {
    return positions.stream()
        .filter(position -> position.seq() > floorSeq && member.sees(position))
        .map(Delivery::of)
        .toList();
  }

  /** Sends positions a piece at a time, the next when the last has left; then goes on. */
  private void send(List<Position> positions, Runnable then) {
    send(deliveriesOf(positions), 0, then);
  }

  private void send(List<Delivery> deliveries, int from, Runnable then) {
    List<Delivery> left =
        deliveries.subList(from, deliveries.size()).stream()
            .filter(delivery -> !channel.isForgotten(delivery.position()))
            .toList();
    if (left.isEmpty()) {
      then.run();
      return;
    }
    ByteBuffer piece = lane.scratch().limit(PIECE_BYTES);
    int to = channel.options().encoder().alone().put(left, 0, piece);
    member.outlet.own(bytesOf(piece), () -> goOn(left, to, then));
  }

  private static byte[] bytesOf(ByteBuffer piece) {
    byte[] bytes = new byte[piece.position()];
    piece.get(0, bytes);
    return bytes;
  }

  private void goOn(List<Delivery> deliveries, int from, Runnable then) {
    if (!over) {
      send(deliveries, from, then);
    }
  }
}
