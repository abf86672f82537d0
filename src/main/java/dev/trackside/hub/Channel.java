package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Follower;
import dev.trackside.track.Following;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers in one lane that follow one feed with the same options: each write is encoded
 * once and sent to all of them. Owned by its lane.
 */
final class Channel implements Follower, Lane.Beat, StatusWatch.Listener {
  /** This many positions leave before their beat, so that pacing takes bounded memory. */
  private static final int MOST_PENDING = 1_000;

  /**
   * Writing to this many members takes a while, and positions that arrive meanwhile find them still
   * busy. They get an eighth of that time to catch up: the next write carries more and costs the
   * same.
   */
  private static final int LARGE = 200;

  private static final int REST = 8;

  final Lane lane;
  final Feed feed;
  final SubscribeOptions options;
  private final Consumer<Channel> whenEmpty;
  private final List<Member> members = new ArrayList<>();

  /** The outlet of each member that sees everything, at the member's index; null for the others. */
  private @Nullable Outlet[] outlets = new Outlet[4];

  private final Arrivals arrivals;
  private final @Nullable StatusWatch watch;
  private final Following following;
  private final List<Joining> afterFlush = new ArrayList<>();
  private final List<Joining> fresh = new ArrayList<>();
  private final AtomicInteger reserved = new AtomicInteger();
  private final List<Joining> joining = new ArrayList<>();
  private final NewestReads newestReads;
  private long arrivedCount;
  private long arrivedSeq;
  private @Nullable Tail tail;
  private boolean scheduled;
  private long flushedSeq;
  private long dueNanos;

  /** Runs {@code whenEmpty} when a member has left, or a subscriber has given up joining. */
  Channel(
      Lane lane,
      Feed feed,
      SubscribeOptions options,
      LogReads reads,
      @Nullable StatusWatch watch,
      Consumer<Channel> whenEmpty) {
    this.lane = lane;
    this.feed = feed;
    this.options = options;
    this.newestReads = new NewestReads(reads, options.view(), lane);
    this.whenEmpty = whenEmpty;
    this.dueNanos = lane.clockNanos();
    boolean thins = feed instanceof Feed.Race && options.pace().isPositive();
    this.arrivals = thins ? new Arrivals.NewestOfEach() : new Arrivals.All();
    this.watch = watch;
    if (watch != null) {
      lane.put(() -> watch.add(this));
    }
    this.following = options.view().follow(feed, this);
  }

  @Override
  public int writes() {
    return members.size();
  }

  @Override
  public long dueNanos() {
    return dueNanos;
  }

  /** The number of the newest position sent to all members. */
  long flushedSeq() {
    return flushedSeq;
  }

  @Override
  public void positions(List<Position> bunch) {
    lane.put(() -> bunch.forEach(this::arrived), bunch.size());
  }

  @Override
  public void erased(Runner runner) {
    lane.put(() -> forget(runner));
  }

  @Override
  public void shownAnew(Runner runner) {
    lane.put(() -> showAnew(runner));
  }

  private void arrived(Position position) {
    if (tail != null) {
      tail.add(position);
      fresh.forEach(one -> one.liveFrom(position.seq(), arrivedCount));
      fresh.clear();
    }
    newestReads.drop(position.runner());
    arrivedCount++;
    arrivedSeq = position.seq();
    if (watch != null) {
      watch.heard(position);
    }
    arrivals.add(Delivery.of(position));
    if (arrivals.size() == 1 && !scheduled) {
      scheduled = true;
      lane.flushWhenDue(this);
    } else if (arrivals.size() == MOST_PENDING && arrivals instanceof Arrivals.All) {
      lane.flushNow(this);
    }
  }

  /** Writes what waits to all members. */
  @Override
  public void flush() {
    scheduled = false;
    dueNanos = lane.nowNanos() + options.pace().toNanos();
    long begunNanos = lane.clockNanos();
    try {
      writeAll(waiting());
    } finally {
      flushedSeq = arrivedSeq;
      arrivals.clear();
    }
    if (members.size() >= LARGE) {
      long endedNanos = lane.clockNanos();
      dueNanos = Math.max(dueNanos, endedNanos + (endedNanos - begunNanos) / REST);
    }
    if (!afterFlush.isEmpty()) {
      List<Joining> now = List.copyOf(afterFlush);
      afterFlush.clear();
      now.forEach(Joining::meet);
    }
  }

  /** What waits, without what has been hidden within the pace. */
  private List<Delivery> waiting() {
    List<Delivery> all = arrivals.pending();
    boolean atOnce = options.pace().isZero();
    return atOnce ? all : all.stream().filter(d -> options.view().shows(d.position())).toList();
  }

  private void writeAll(List<Delivery> deliveries) {
    for (int from = 0; from < deliveries.size() && !members.isEmpty(); ) {
      ByteBuffer bytes = lane.scratch();
      int to = options.encoder().put(deliveries, from, bytes);
      write(deliveries, from, to, bytes.flip());
      from = to;
    }
  }

  private void write(List<Delivery> deliveries, int from, int to, ByteBuffer bytes) {
    Outbox.Shared shared = null;
    List<Member> special = List.of();
    @Nullable Outlet[] all = outlets;
    for (int i = 0, size = members.size(); i < size; i++) {
      Outlet outlet = all[i];
      if (outlet == null) {
        special = special.isEmpty() ? new ArrayList<>() : special;
        special.add(members.get(i));
      } else if (!outlet.writeNow(bytes)) {
        shared = shared == null ? share(deliveries.subList(from, to), bytes) : shared;
        outlet.send(shared);
      }
    }
    for (Member member : special) {
      sendVisible(member, deliveries.subList(from, to));
    }
  }

  private Outbox.Shared share(List<Delivery> deliveries, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(0, copy);
    return new Outbox.Shared(
        copy, List.copyOf(deliveries), options.encoder().alone(), lane.nowNanos());
  }

  /** Sends a member the positions that it may see, which fit into one write. */
  private void sendVisible(Member member, List<Delivery> deliveries) {
    List<Delivery> seen = deliveries.stream().filter(member::sees).toList();
    if (!seen.isEmpty()) {
      ByteBuffer bytes = lane.scratch();
      options.encoder().alone().put(seen, 0, bytes);
      member.outlet.send(share(seen, bytes.flip()));
    }
  }

  /** Keeps what arrives from now on, until the subscriber is admitted or gives up. */
  void expect(Joining one) {
    joining.add(one);
    fresh.add(one);
    if (tail == null) {
      tail = new Tail();
    }
  }

  /**
   * Hands a subscriber what it is missing, or lets it read on or come back after a write.
   *
   * @param cursor the subscriber has everything up to this number
   * @param broughtSeq some of what comes up to this number has come to it by another feed
   */
  void meet(Joining one, long cursor, long broughtSeq) {
    Tail kept = tail;
    if (kept == null || !kept.covers(cursor)) {
      one.readOn();
    } else if (arrivals.size() > 0 && Math.max(cursor, broughtSeq) > flushedSeq) {
      afterFlush.add(one);
      one.rest();
    } else {
      one.catchUp(kept.between(cursor, arrivals.size() == 0 ? Long.MAX_VALUE : flushedSeq));
    }
  }

  /** Makes a subscriber that has everything up to the last write a live member. */
  void admit(Joining one, Member member) {
    endJoining(one);
    member.index = members.size();
    members.add(member);
    if (member.index == outlets.length) {
      outlets = Arrays.copyOf(outlets, 2 * outlets.length);
    }
    place(member);
    retell(member);
  }

  void giveUp(Joining one) {
    endJoining(one);
    whenEmpty.accept(this);
  }

  private void endJoining(Joining one) {
    fresh.remove(one);
    joining.remove(one);
    afterFlush.remove(one);
    if (joining.isEmpty()) {
      tail = null;
    }
  }

  /** A replay that reads the log to its end from now on has everything up to this number. */
  long readableSeq() {
    return tail == null ? 0 : tail.droppedSeq();
  }

  /** Every position that arrives from now on has a larger number. */
  long reachedSeq() {
    return Math.max(following.fromSeq(), arrivedSeq);
  }

  /** How many positions have arrived. */
  long arrivedCount() {
    return arrivedCount;
  }

  /** Whether a position that was read is not to be sent: it was erased or hidden after that. */
  boolean isGone(Position position) {
    return (tail != null && tail.isForgotten(position)) || !options.view().shows(position);
  }

  void remove(Member member) {
    Member last = members.removeLast();
    if (last != member) {
      members.set(member.index, last);
      last.index = member.index;
      place(last);
    }
    member.index = -1;
    outlets[members.size()] = null;
    whenEmpty.accept(this);
  }

  /** Counts subscribers that are about to join. Any thread. */
  void reserve(int more) {
    reserved.addAndGet(more);
  }

  boolean isEmpty() {
    return members.isEmpty() && joining.isEmpty() && reserved.get() == 0;
  }

  void close() {
    following.close();
    lane.unschedule(this);
    if (watch != null) {
      watch.remove(this);
    }
  }

  /** Leaves deliveries to other feeds of a member, live or still joining. */
  void leave(Member member, @Nullable Predicate<Delivery> left) {
    member.leaves = left;
    if (member.isLive()) {
      place(member);
    }
  }

  private void place(Member member) {
    outlets[member.index] = member.seesAll() ? member.outlet : null;
  }

  /** Lets everybody drop what they have of a runner, and sends what is shown now. */
  private void showAnew(Runner runner) {
    arrivals.remove(runner);
    if (tail != null) {
      tail.drop(runner);
    }
    if (watch != null) {
      watch.shownAnew(runner);
    }
    List<Joining> others = List.copyOf(joining);
    List<Member> live = List.copyOf(members);
    live.forEach(member -> member.shownAnew.accept(runner));
    others.forEach(one -> one.shownAnew(runner));
    if (feed instanceof Feed.Race) { // a runner's own feed begins again by itself
      newestReads.read(runner, newest -> sendAnew(newest, live));
    }
  }

  private void sendAnew(Position position, List<Member> live) {
    List<Delivery> one = List.of(Delivery.of(position));
    live.stream().filter(Member::isLive).forEach(member -> sendVisible(member, one));
  }

  private void forget(Runner runner) {
    newestReads.drop(runner);
    arrivals.remove(runner);
    if (watch != null) {
      watch.erased(runner);
    }
    var erased = new Notice.Erased(runner);
    tell(erased);
    if (tail != null) {
      tail.forget(runner);
      byte[] bytes = options.encoder().encode(erased);
      List.copyOf(joining).forEach(one -> one.tell(bytes, erased));
    }
  }

  /** Sends a member the status of every runner. */
  void retell(Member member) {
    if (watch != null) {
      watch.all().forEach(notice -> member.outlet.tell(options.encoder().encode(notice), notice));
    }
  }

  @Override
  public void tell(Notice notice) {
    if (!members.isEmpty()) {
      byte[] bytes = options.encoder().encode(notice);
      members.forEach(member -> member.outlet.tell(bytes, notice));
    }
  }
}
