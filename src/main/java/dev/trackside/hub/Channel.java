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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Those in one lane who follow one feed with the same options. What they are sent is put into bytes
 * once and written to each. Owned by its lane.
 */
final class Channel implements Follower, Beat {
  /** So many positions leave before their beat: pacing must not cost memory without a bound. */
  private static final int MOST_PENDING = 1_000;

  /**
   * Writing to so many takes a while. Positions that keep coming then find their readers still busy
   * with the last write, so these get an eighth of that while to catch up: the next write carries
   * more, and costs the same.
   */
  private static final int LARGE = 200;

  private static final int REST = 8;

  /** Somebody who is on the way from the past of the feed to its present. */
  interface Joining {
    /**
     * From this number on, positions have arrived after they had come: they are no past.
     *
     * @param before how many had arrived before it
     */
    void liveFrom(long seq, long before);

    /** Passes on a notice. */
    void tell(byte[] bytes, Notice notice);
  }

  /** Where somebody who has read the log up to some number meets the present. */
  sealed interface Meeting {
    /** The log has more than is kept here: read on. */
    record TooEarly() implements Meeting {}

    /** A write with some of what is missing is due: come back when it has left. */
    record AfterFlush() implements Meeting {}

    /** This is what is missing. */
    record Missing(List<Position> positions) implements Meeting {}
  }

  private final Lane lane;
  private final Feed feed;
  private final SubscribeOptions options;
  private final LogReads reads;
  private final Runnable whenEmpty;
  private final List<Member> members = new ArrayList<>();

  /** The outlets of the members who see everything, at their places; null for the others. */
  private @Nullable Outlet[] outlets = new Outlet[4];

  private final Arrivals arrivals;
  private final @Nullable NoticeSource notices;
  private final Following following;
  private final List<Runnable> afterFlush = new ArrayList<>();
  private final List<Joining> fresh = new ArrayList<>();
  private final AtomicInteger reserved = new AtomicInteger();
  private final List<Joining> joining = new ArrayList<>();
  private long arrived;
  private @Nullable Tail tail;
  private boolean scheduled;
  private long flushedSeq;
  private long dueNanos;

  /** The log could not be read for the notices: the next tick tries again. */
  private volatile boolean unlearned;

  /**
   * @param notices what is told beside positions; null for nothing
   * @param whenEmpty is run when the last has left, or who wanted to come has not
   */
  Channel(
      Lane lane,
      Feed feed,
      SubscribeOptions options,
      @Nullable NoticeSource notices,
      LogReads reads,
      Runnable whenEmpty) {
    this.lane = lane;
    this.feed = feed;
    this.options = options;
    this.notices = notices;
    this.reads = reads;
    this.whenEmpty = whenEmpty;
    this.dueNanos = System.nanoTime();
    boolean thins = feed instanceof Feed.Race && options.pace().isPositive();
    this.arrivals = thins ? new Arrivals.NewestOfEach() : new Arrivals.All();
    this.following = options.view().follow(feed, this);
    if (notices != null) {
      learn();
    }
  }

  private void learn() {
    unlearned = false;
    reads.read(
        () -> {
          List<Position> newest = options.view().latest(feed, 1);
          lane.put(() -> newest.forEach(this::note));
        },
        () -> unlearned = true);
  }

  private void note(Position position) {
    if (notices != null) {
      notices.heard(position).forEach(this::tell);
    }
  }

  Feed feed() {
    return feed;
  }

  SubscribeOptions options() {
    return options;
  }

  @Override
  public int writes() {
    return members.size();
  }

  @Override
  public long dueNanos() {
    return dueNanos;
  }

  /** The number of the newest position that everybody here was sent. */
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

  private void arrived(Position position) {
    if (tail != null) {
      tail.add(position);
      fresh.forEach(one -> one.liveFrom(position.seq(), arrived));
      fresh.clear();
    }
    arrived++;
    note(position);
    arrivals.add(position);
    if (arrivals.size() == 1 && !scheduled) {
      scheduled = true;
      lane.flushWhenDue(this);
    } else if (arrivals.size() == MOST_PENDING && arrivals instanceof Arrivals.All) {
      lane.flushNow(this);
    }
  }

  /** Writes what waits, to everybody; called by the lane when it is due. */
  @Override
  public void flush() {
    scheduled = false;
    dueNanos = lane.nowNanos() + options.pace().toNanos();
    long begunNanos = System.nanoTime();
    try {
      writeAll(arrivals.pending());
    } finally {
      flushedSeq = arrivals.newestSeq();
      arrivals.clear();
    }
    if (members.size() >= LARGE) {
      long endedNanos = System.nanoTime();
      dueNanos = Math.max(dueNanos, endedNanos + (endedNanos - begunNanos) / REST);
    }
    if (!afterFlush.isEmpty()) {
      List<Runnable> now = List.copyOf(afterFlush);
      afterFlush.clear();
      now.forEach(Runnable::run);
    }
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
    List<Member> special = null;
    @Nullable Outlet[] all = outlets;
    for (int i = 0, size = members.size(); i < size; i++) {
      Outlet outlet = all[i];
      if (outlet == null) {
        special = special == null ? new ArrayList<>() : special;
        special.add(members.get(i));
      } else if (!outlet.writeNow(bytes)) {
        shared = shared == null ? share(deliveries.subList(from, to), bytes) : shared;
        outlet.later(shared);
      }
    }
    if (special != null) {
      for (Member member : special) {
        send(member, deliveries.subList(from, to));
      }
    }
  }

  private Outbox.Shared share(List<Delivery> deliveries, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(0, copy);
    return new Outbox.Shared(
        copy, List.copyOf(deliveries), options.encoder().alone(), lane.nowNanos());
  }

  /** Sends one member those positions that they may see. They fit into one write. */
  private void send(Member member, List<Delivery> deliveries) {
    List<Delivery> seen = deliveries.stream().filter(d -> member.sees(d.position())).toList();
    if (!seen.isEmpty()) {
      ByteBuffer bytes = lane.scratch();
      options.encoder().alone().put(seen, 0, bytes);
      member.outlet.later(share(seen, bytes.flip()));
    }
  }

  /** Keeps what arrives from now on, until somebody has met the present or gives up. */
  void expect(Joining one) {
    joining.add(one);
    fresh.add(one);
    if (tail == null) {
      tail = new Tail();
    }
  }

  /** What somebody needs who has read the log up to this number. */
  Meeting meet(long cursor) {
    Tail kept = tail;
    if (kept == null || !kept.covers(cursor)) {
      return new Meeting.TooEarly();
    }
    if (arrivals.size() > 0 && cursor > flushedSeq) {
      return new Meeting.AfterFlush();
    }
    long until = arrivals.size() == 0 ? Long.MAX_VALUE : flushedSeq;
    return new Meeting.Missing(kept.between(cursor, until));
  }

  void afterFlush(Runnable action) {
    afterFlush.add(action);
  }

  /** Somebody has everything up to the present, and is live from here on. */
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
    whenEmpty.run();
  }

  private void endJoining(Joining one) {
    fresh.remove(one);
    joining.remove(one);
    if (joining.isEmpty()) {
      tail = null;
    }
  }

  /** A replay that reads the log from now on to its end has everything up to this number. */
  long readableSeq() {
    return tail == null ? 0 : tail.droppedSeq();
  }

  /** How many positions have arrived. */
  long arrived() {
    return arrived;
  }

  /** Whether a position that was read for a replay has been erased since. */
  boolean isForgotten(Position position) {
    return tail != null && tail.isForgotten(position);
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
    whenEmpty.run();
  }

  /** Counts those who are about to join. */
  void reserve(int more) {
    reserved.addAndGet(more);
  }

  boolean isEmpty() {
    return members.isEmpty() && joining.isEmpty() && reserved.get() == 0;
  }

  /** Ends following. */
  void close() {
    following.close();
    lane.unschedule(this);
  }

  /** Hides positions from a member, whether they are here already or not yet. */
  void hide(Member member, @Nullable Predicate<Position> hidden) {
    member.hides = hidden;
    if (member.isLive()) {
      place(member);
    }
  }

  private void place(Member member) {
    outlets[member.index] = member.hides == null ? member.outlet : null;
  }

  /** Writes what waits for the beat now. */
  void flushEarly() {
    if (scheduled) {
      lane.unschedule(this);
      flush();
    }
  }

  private void forget(Runner runner) {
    flushEarly();
    if (notices != null) {
      notices.erased(runner);
    }
    var erased = new Notice.Erased(runner);
    tell(erased);
    if (tail != null) {
      tail.forget(runner);
      byte[] bytes = options.encoder().encode(erased);
      List.copyOf(joining).forEach(one -> one.tell(bytes, erased));
    }
  }

  void tick() {
    if (notices != null) {
      notices.tick().forEach(this::tell);
      if (unlearned) {
        learn();
      }
    }
  }

  /** Tells a member how everybody is. */
  void retell(Member member) {
    if (notices != null) {
      notices.all().forEach(notice -> member.outlet.tell(options.encoder().encode(notice), notice));
    }
  }

  private void tell(Notice notice) {
    if (!members.isEmpty()) {
      byte[] bytes = options.encoder().encode(notice);
      members.forEach(member -> member.outlet.tell(bytes, notice));
    }
  }
}
