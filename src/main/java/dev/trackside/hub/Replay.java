package dev.trackside.hub;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's way through the past of a feed to the present: reads the log in pages, at the
 * subscriber's speed. Reads run on threads that may block, everything else in the lane.
 */
final class Replay implements Channel.Joining {
  private static final int PAGE = 500;
  private static final int PIECE_BYTES = 32 * 1024;

  private final Channel channel;
  private final Member member;
  private final Feed feed;
  private final Start start;
  private final Consumer<Runnable> reads;
  private final Neighbours neighbours;
  private final TrackReader log;
  private final Encoder encoder;
  private final List<Runnable> awaiting = new ArrayList<>(0);
  private List<Delivery> inHand = List.of();

  /** What the race's feed has brought of the runner; null for nothing. */
  private @Nullable Predicate<Position> brought;

  /** It may have brought some of what comes up to this number. */
  private long broughtSeq;

  private long liveSeq = Long.MAX_VALUE;
  private long arrivedBefore = Long.MAX_VALUE;
  private long cursor;
  private long floorSeq;
  private long fromSeq;
  private boolean reset;
  private boolean begun;
  private boolean over;

  /**
   * @param feed the channel's feed, or one runner of its race
   * @param reads runs a read of the log on a thread that may block
   */
  Replay(
      Channel channel,
      Member member,
      Feed feed,
      Start start,
      Consumer<Runnable> reads,
      Neighbours neighbours) {
    this.channel = channel;
    this.member = member;
    this.feed = feed;
    this.start = start;
    this.reads = reads;
    this.neighbours = neighbours;
    log = channel.options.view();
    encoder = channel.options.encoder();
  }

  /** The number up to which the subscriber has everything of a runner that it will get. */
  long sentSeq(Runner runner) {
    for (Delivery delivery : inHand) {
      if (delivery.position().runner().equals(runner)) {
        return delivery.since();
      }
    }
    return Math.max(cursor, floorSeq);
  }

  /** The subscriber gets everything after this number; to be asked if {@link #knowsFrom}. */
  long fromSeq() {
    return fromSeq;
  }

  /** Raises {@link #fromSeq} to a number, and returns it. */
  long beginsAfter(long seq) {
    fromSeq = Math.max(fromSeq, seq);
    return fromSeq;
  }

  /** Whether it asks for more of a runner than the newest position, even if that has come. */
  boolean asksForMore() {
    return start.each() > 1;
  }

  /** Nobody's newest position up to this number was asked for. */
  long unaskedSeq() {
    if (start instanceof Start.After(long seq, int _) && !reset) {
      return seq;
    }
    return start.each() == 0 ? fromSeq : 0;
  }

  /** A subscriber that names a number has everything before it. */
  boolean knowsFrom() {
    return begun || start instanceof Start.After;
  }

  boolean hasBegun() {
    return begun;
  }

  /** Whether nothing is lost when another feed begins first. */
  boolean canWait() {
    return !begun && liveSeq == Long.MAX_VALUE;
  }

  /** Runs an action once this replay has begun or has been cancelled. */
  void whenBegun(Runnable action) {
    awaiting.add(action);
  }

  void cancel() {
    over = true;
    channel.giveUp(this);
    runAwaiting();
  }

  /** Goes on with what is in hand, and lets those begin who wait for this. */
  private void begin(Runnable then) {
    if (!begun) {
      begun = true;
      neighbours.begun();
    }
    send(then);
    runAwaiting();
  }

  private void runAwaiting() {
    List<Runnable> now = List.copyOf(awaiting);
    awaiting.clear();
    now.forEach(Runnable::run);
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

  /** Brings everything after a number, which need not be one of this feed, but what is there. */
  void beginAfter(long seq, Spans had) {
    brought = position -> had.cover(position.seq());
    begun = true;
    beginAfter(seq);
  }

  private void beginAfter(long seq) {
    fromSeq = seq;
    floorSeq = seq;
    cursor = seq;
    readOn();
  }

  @Override
  public void readOn() {
    long from = cursor;
    boolean known = begun;
    long readable = channel.readableSeq();
    reads.accept(
        () -> {
          Page page = log.after(feed, from, PAGE);
          switch (known && page instanceof Page.Gone ? kept(from) : page) {
            case Page.Next(List<Position> positions) ->
                channel.lane.put(() -> sendPage(positions, readable));
            case Page.Gone() -> readTrail(start.each(), true);
          }
        });
  }

  /** What is kept after a number that is no longer of the feed, or never was. */
  private Page kept(long from) {
    List<Position> newest = log.latest(feed, 1);
    boolean more = !newest.isEmpty() && newest.getLast().seq() > from;
    return more ? log.after(feed, 0, PAGE) : new Page.Next(List.of());
  }

  /** Reads the newest positions of each runner; on a thread that may block. */
  private void readTrail(int each, boolean reset) {
    List<Position> newest = log.latest(feed, Math.max(1, each));
    channel.lane.put(() -> sendTrail(new LatestRead(newest, each, reset)));
  }

  @Override
  public void liveFrom(long seq, long before) {
    liveSeq = seq;
    arrivedBefore = before;
  }

  @Override
  public void tell(byte[] bytes, Notice notice) {
    if (feed.equals(channel.feed)) { // otherwise the race's own member is told
      member.outlet.tell(bytes, notice);
    }
  }

  private boolean isTurn(Runnable again) {
    return !over && (begun || neighbours.haveBegun(again));
  }

  /** Sends the trail, or reads it again when too much of it is live by now. */
  private void sendTrail(LatestRead trail) {
    if (!isTurn(() -> sendTrail(trail))) {
      return;
    }
    int each = start.each();
    long live = Math.max(0, channel.arrivedCount() - arrivedBefore);
    int needed = (int) Math.min(Math.max(1, each) + live, TrackReader.MOST);
    List<Position> newest = trail.newest();
    boolean reachesLive = !newest.isEmpty() && newest.getLast().seq() >= liveSeq;
    if (reachesLive && trail.asked() < needed) {
      reads.accept(() -> readTrail(needed, trail.reset()));
      return;
    }
    if (trail.reset()) {
      var notice = new Notice.Reset(feed);
      member.outlet.tell(encoder.encode(notice), notice);
      reset = true;
      neighbours.dropped();
      floorSeq = -1;
      sendNewest(newest, -1, null);
      return;
    }
    Optional<Brought> taken = neighbours.takeOver();
    if (taken.isEmpty()) {
      sendNewest(newest, -1, null);
      return;
    }
    Brought race = taken.get();
    broughtSeq = race.untilSeq();
    TrackReader otherView = race.otherView();
    if (otherView == null) {
      brought = position -> race.covers(position.seq());
      sendNewest(newest, race.goesOn() ? race.untilSeq() : -1, race);
      return;
    }
    if (race.equals(trail.race())) {
      sendUnshown(newest, trail.shown(), race);
      return;
    }
    reads.accept(
        () -> {
          LatestRead both = trail.with(race, otherView, feed, needed);
          channel.lane.put(() -> sendTrail(both)); // the race may be another by then
        });
  }

  /** Sends the newest positions without those that the race has shown. */
  private void sendUnshown(List<Position> newest, List<Position> shown, Brought race) {
    Set<Long> seqs = shown.stream().map(Position::seq).filter(race::covers).collect(toSet());
    brought = position -> seqs.contains(position.seq());
    sendNewest(newest, race.goesOn() ? Math.min(race.owedSeq(shown), liveSeq - 1) : -1, race);
  }

  /**
   * @param owedSeq everything after this number comes as well; −1 for nothing
   * @param race what the race has brought, if it owes something
   */
  private void sendNewest(List<Position> newest, long owedSeq, @Nullable Brought race) {
    List<Position> past = newest.stream().filter(position -> position.seq() < liveSeq).toList();
    List<Position> chosen = start.trailOf(past);
    cursor = past.isEmpty() ? 0 : past.getLast().seq();
    long trailSeq = chosen.isEmpty() ? cursor + 1 : chosen.getFirst().seq();
    if (race != null && owedSeq >= 0 && owedSeq < trailSeq - 1) {
      Predicate<Position> shown = requireNonNull(brought);
      brought = p -> shown.test(p) || (p.seq() < trailSeq && race.had(p.seq()));
      begin(() -> beginAfter(owedSeq));
      return;
    }
    inHand = deliveriesOf(chosen);
    fromSeq = inHand.isEmpty() ? cursor : inHand.getFirst().position().seq() - 1;
    if (chosen.isEmpty()) {
      encoder.mark(cursor).ifPresent(mark -> member.outlet.own(mark, null));
    }
    begin(this::meet);
  }

  /**
   * @param readable how far the log could be read: positions up to there that it did not return are
   *     hidden or gone, and not to be read again
   */
  private void sendPage(List<Position> page, long readable) {
    if (!isTurn(() -> sendPage(page, readable))) {
      return;
    }
    floorSeq = Math.max(floorSeq, cursor);
    if (!page.isEmpty()) {
      cursor = page.getLast().seq();
    }
    if (page.size() < PAGE) {
      cursor = Math.max(cursor, readable);
    }
    inHand = deliveriesOf(page);
    begin(page.size() < PAGE ? this::meet : this::readOn);
  }

  @Override
  public void meet() {
    if (!over) {
      channel.meet(this, cursor, broughtSeq);
    }
  }

  @Override
  public void catchUp(List<Position> missing) {
    floorSeq = Math.max(floorSeq, cursor);
    inHand = deliveriesOf(missing);
    ByteBuffer piece = channel.lane.scratch().limit(PIECE_BYTES);
    boolean fits = encoder.alone().put(inHand, 0, piece) == inHand.size();
    cursor = missing.isEmpty() ? cursor : missing.getLast().seq();
    if (!fits) {
      send(missing.size() < PAGE ? this::meet : this::readOn);
      return;
    }
    if (!inHand.isEmpty()) {
      member.outlet.own(bytesOf(piece), inHand, null);
      inHand = List.of();
    }
    over = true;
    brought = null;
    neighbours.caughtUp();
  }

  private boolean hasBrought(Position position) {
    return brought != null && brought.test(position);
  }

  private List<Delivery> deliveriesOf(List<Position> positions) {
    return positions.stream()
        .filter(position -> position.seq() > floorSeq && !hasBrought(position))
        .filter(this::isInFeed)
        .map(Delivery::of)
        .filter(member::sees)
        .toList();
  }

  private boolean isInFeed(Position position) {
    return !(feed instanceof Feed.One(Runner runner)) || runner.equals(position.runner());
  }

  /** Sends what is in hand a piece at a time, each when the one before has left; then goes on. */
  private void send(Runnable then) {
    if (over) {
      return;
    }
    List<Delivery> left =
        inHand.stream()
            .filter(delivery -> !channel.isForgotten(delivery.position()))
            .filter(delivery -> !member.leaves(delivery))
            .toList();
    if (left.isEmpty()) {
      inHand = left;
      then.run();
      return;
    }
    ByteBuffer piece = channel.lane.scratch().limit(PIECE_BYTES);
    int to = encoder.alone().put(left, 0, piece);
    inHand = left.subList(to, left.size());
    member.outlet.own(bytesOf(piece), left.subList(0, to), () -> send(then));
  }

  private static byte[] bytesOf(ByteBuffer piece) {
    byte[] bytes = new byte[piece.position()];
    piece.get(0, bytes);
    return bytes;
  }
}
