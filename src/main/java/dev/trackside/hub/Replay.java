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
 * One subscriber's way through the past of a feed to the present: reads the log in pages, at the
 * subscriber's speed. Reads run on threads that may block, everything else in the lane.
 */
final class Replay implements Channel.Joining {
  private static final int PAGE = 500;
  private static final int PIECE_BYTES = 32 * 1024;

  private final Channel channel;
  private final Member member;
  private final Start start;
  private final long floorSeq;
  private final Consumer<Runnable> reads;
  private final Feed feed;
  private final TrackReader log;
  private final Encoder encoder;
  private long liveSeq = Long.MAX_VALUE;
  private long arrivedBefore = Long.MAX_VALUE;
  private long cursor;
  private boolean over;

  /**
   * @param floorSeq positions up to this number are not sent: the subscriber has them already
   * @param reads runs a read of the log on a thread that may block
   */
  Replay(Channel channel, Member member, Start start, long floorSeq, Consumer<Runnable> reads) {
    this.channel = channel;
    this.member = member;
    this.start = start;
    this.floorSeq = floorSeq;
    this.reads = reads;
    feed = channel.feed;
    log = channel.options.view();
    encoder = channel.options.encoder();
  }

  /** The number of the newest position that the subscriber has. */
  long cursor() {
    return cursor;
  }

  void cancel() {
    over = true;
    channel.giveUp(this);
  }

  void begin() {
    switch (start) {
      case Start.Recent(int each) -> reads.accept(() -> readTrail(each, false));
      case Start.After(long seq, int _) -> {
        cursor = seq;
        readOn();
      }
    }
  }

  @Override
  public void readOn() {
    long from = cursor;
    long readable = channel.readableSeq();
    reads.accept(
        () -> {
          switch (log.after(feed, from, PAGE)) {
            case Page.Next(List<Position> positions) ->
                channel.lane.put(() -> sendPage(positions, readable));
            case Page.Gone() -> readTrail(start.each(), true);
          }
        });
  }

  /** Reads the newest positions of each runner; on a thread that may block. */
  private void readTrail(int each, boolean reset) {
    List<Position> newest = log.latest(feed, Math.max(1, each));
    channel.lane.put(() -> sendTrail(newest, each, reset));
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

  /** Sends the trail, or reads it again when too much of it is live by now. */
  private void sendTrail(List<Position> newest, int asked, boolean reset) {
    if (over) {
      return;
    }
    int each = start.each();
    long live = Math.max(0, channel.arrivedCount() - arrivedBefore);
    int needed = (int) Math.min(Math.max(1, each) + live, TrackReader.MOST);
    boolean reachesLive = !newest.isEmpty() && newest.getLast().seq() >= liveSeq;
    if (reachesLive && asked < needed) {
      reads.accept(() -> readTrail(needed, reset));
      return;
    }
    if (reset) {
      var notice = new Notice.Reset(feed);
      member.outlet.tell(encoder.encode(notice), notice);
    }
    List<Position> past = newest.stream().filter(position -> position.seq() < liveSeq).toList();
    cursor = past.isEmpty() ? 0 : past.getLast().seq();
    List<Position> chosen = newestOfEach(past, each);
    if (chosen.isEmpty()) {
      encoder.mark(cursor).ifPresent(mark -> member.outlet.own(mark, null));
    }
    send(deliveriesOf(chosen), 0, this::meet);
  }

  private static List<Position> newestOfEach(List<Position> positions, int each) {
    var counts = new HashMap<Runner, Integer>();
    var chosen = new ArrayDeque<Position>();
    for (Position position : positions.reversed()) {
      if (counts.merge(position.runner(), 1, Integer::sum) <= each) {
        chosen.addFirst(position);
      }
    }
    return List.copyOf(chosen);
  }

  /**
   * @param readable how far the log could be read: positions up to there that it did not return are
   *     hidden or gone, and not to be read again
   */
  private void sendPage(List<Position> page, long readable) {
    if (over) {
      return;
    }
    if (!page.isEmpty()) {
      cursor = page.getLast().seq();
    }
    if (page.size() < PAGE) {
      cursor = Math.max(cursor, readable);
    }
    send(deliveriesOf(page), 0, page.size() < PAGE ? this::meet : this::readOn);
  }

  @Override
  public void meet() {
    if (!over) {
      channel.meet(this, cursor);
    }
  }

  @Override
  public void catchUp(List<Position> missing) {
    List<Delivery> deliveries = deliveriesOf(missing);
    ByteBuffer piece = channel.lane.scratch().limit(PIECE_BYTES);
    boolean fits = encoder.alone().put(deliveries, 0, piece) == deliveries.size();
    cursor = missing.isEmpty() ? cursor : missing.getLast().seq();
    if (!fits) {
      send(deliveries, 0, missing.size() < PAGE ? this::meet : this::readOn);
      return;
    }
    if (!deliveries.isEmpty()) {
      member.outlet.own(bytesOf(piece), null);
    }
    over = true;
    channel.admit(this, member);
  }

  private List<Delivery> deliveriesOf(List<Position> positions) {
    return positions.stream()
        .filter(position -> position.seq() > floorSeq && member.sees(position))
        .map(Delivery::of)
        .toList();
  }

  /** Sends deliveries a piece at a time, each when the one before has left; then goes on. */
  private void send(List<Delivery> deliveries, int from, Runnable then) {
    if (over) {
      return;
    }
    List<Delivery> left =
        deliveries.stream()
            .skip(from)
            .filter(delivery -> !channel.isForgotten(delivery.position()))
            .toList();
    if (left.isEmpty()) {
      then.run();
      return;
    }
    ByteBuffer piece = channel.lane.scratch().limit(PIECE_BYTES);
    int to = encoder.alone().put(left, 0, piece);
    member.outlet.own(bytesOf(piece), () -> send(left, to, then));
  }

  private static byte[] bytesOf(ByteBuffer piece) {
    byte[] bytes = new byte[piece.position()];
    piece.get(0, bytes);
    return bytes;
  }
}
