package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Those in one lane who follow one feed in one manner. What they are sent is put into bytes once
 * and written to each. Owned by its lane.
 */
final class Audience implements TrackLog.Follower {
  /** So many positions leave before their beat: pacing must not cost memory without a bound. */
  private static final int MOST_PENDING = 1_000;

  /**
   * Writing to so many takes a while. Positions that keep coming then find their readers still busy
   * with the last write, so these get an eighth of that while to catch up: the next write carries
   * more, and costs the same.
   */
  private static final int LARGE = 200;

  private static final int REST = 8;

  private final Hub hub;
  private final Lane lane;
  private final Feed feed;
  private final Manner manner;
  private final List<Member> members = new ArrayList<>();

  /** The viewers of the members who see everything, at their places; null for the others. */
  private @Nullable Viewer[] viewers = new Viewer[4];

  private final Arrivals arrivals;
  private final @Nullable Vigil vigil;
  private final TrackLog.Following following;
  private final List<Replay> waiting = new ArrayList<>();
  private final List<Replay> fresh = new ArrayList<>();
  private final AtomicInteger reserved = new AtomicInteger();
  private final List<Replay> joining = new ArrayList<>();
  private long arrived;
  private @Nullable Tail tail;
  private boolean scheduled;
  private long flushedSeq;
  private long dueNanos;

  /** The log could not be read for the statuses: the next tick tries again. */
  private volatile boolean unlearned;

  Audience(Hub hub, Lane lane, Feed feed, Manner manner) {
    this.hub = hub;
    this.lane = lane;
    this.feed = feed;
    this.manner = manner;
    this.dueNanos = System.nanoTime();
    boolean thins = feed instanceof Feed.Race && manner.pace().isPositive();
    this.arrivals = thins ? new Arrivals.NewestOfEach() : new Arrivals.All();
    this.vigil = manner.events() ? hub.newVigil(manner.source()::shows) : null;
    this.following = manner.source().follow(feed, this);
    if (vigil != null) {
      if (feed instanceof Feed.One(Runner runner)) {
        vigil.expect(runner);
      }
      learnStatuses();
    }
  }

  private void learnStatuses() {
    unlearned = false;
    hub.read(this::readStatuses, () -> unlearned = true);
  }

  Feed feed() {
    return feed;
  }

  Manner manner() {
    return manner;
  }

  int size() {
    return members.size();
  }

  /** When the next write may leave, of {@link System#nanoTime}. */
  long dueNanos() {
    return dueNanos;
  }

  /** The number of the newest position that everybody here was sent. */
  long flushedSeq() {
    return flushedSeq;
  }

  @Override
  public void position(Position position) {
    lane.put(() -> arrived(position));
  }

  @Override
  public void erased(Runner runner) {
    lane.put(() -> forget(runner));
  }

  private void arrived(Position position) {
    if (tail != null) {
      tail.add(position);
      fresh.forEach(replay -> replay.liveFrom(position.seq(), arrived));
      fresh.clear();
    }
    arrived++;
    if (vigil != null) {
      Status changed = vigil.heard(position);
      if (changed != null) {
        tell(new Vigil.Sign(position.runner(), changed));
      }
    }
    arrivals.add(position);
    if (arrivals.size() == 1 && !scheduled) {
      scheduled = true;
      lane.flushWhenDue(this);
    } else if (arrivals.size() == MOST_PENDING && arrivals instanceof Arrivals.All) {
      lane.flushNow(this);
    }
  }

  /** Writes what waits, to everybody; called by the lane when it is due. */
  void flush() {
    scheduled = false;
    dueNanos = lane.nowNanos() + manner.pace().toNanos();
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
    if (!waiting.isEmpty()) {
      List<Replay> met = List.copyOf(waiting);
      waiting.clear();
      met.forEach(this::meet);
    }
  }

  private void writeAll(List<Sighting> sightings) {
    for (int from = 0; from < sightings.size() && !members.isEmpty(); ) {
      ByteBuffer bytes = lane.scratch();
      int to = manner.dialect().put(sightings, from, bytes);
      write(sightings, from, to, bytes.flip());
      from = to;
    }
  }

  private void write(List<Sighting> sightings, int from, int to, ByteBuffer bytes) {
    Backlog.Shared shared = null;
    List<Member> special = null;
    @Nullable Viewer[] all = viewers;
    for (int i = 0, size = members.size(); i < size; i++) {
      Viewer viewer = all[i];
      if (viewer == null) {
        special = special == null ? new ArrayList<>() : special;
        special.add(members.get(i));
      } else if (!viewer.writeNow(bytes)) {
        shared = shared == null ? share(sightings.subList(from, to), bytes) : shared;
        viewer.later(shared);
      }
    }
    if (special != null) {
      for (Member member : special) {
        send(member, sightings.subList(from, to));
      }
    }
  }

  private Backlog.Shared share(List<Sighting> sightings, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(0, copy);
    return new Backlog.Shared(
        copy, List.copyOf(sightings), manner.dialect().alone(), lane.nowNanos());
  }

  /** Sends one member those sightings that it may see. They fit into one write. */
  private void send(Member member, List<Sighting> sightings) {
    List<Sighting> seen = sightings.stream().filter(s -> member.sees(s.position())).toList();
    if (!seen.isEmpty()) {
      ByteBuffer bytes = lane.scratch();
      manner.dialect().alone().put(seen, 0, bytes);
      member.viewer.later(share(seen, bytes.flip()));
    }
  }

  /** Keeps what arrives from now on, until the replay and the present meet or it gives up. */
  void expect(Replay replay) {
    joining.add(replay);
    fresh.add(replay);
    if (tail == null) {
      tail = new Tail();
    }
  }

  /** A replay has read the log to its end: from here on its viewer is live. */
  void meet(Replay replay) {
    Tail kept = tail;
    if (replay.over() || kept == null) {
      return;
    }
    if (!kept.covers(replay.cursor())) {
      replay.readOn();
    } else if (arrivals.size() > 0 && replay.cursor() > flushedSeq) {
      waiting.add(replay);
    } else {
      long until = arrivals.size() == 0 ? Long.MAX_VALUE : flushedSeq;
      if (replay.catchUp(kept.between(replay.cursor(), until))) {
        fresh.remove(replay);
        endJoining(replay);
        admit(replay.arrive());
      }
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

  void giveUp(Replay replay) {
    waiting.remove(replay);
    fresh.remove(replay);
    endJoining(replay);
    lane.dissolveIfEmpty(this);
  }

  private void endJoining(Replay replay) {
    joining.remove(replay);
    if (joining.isEmpty()) {
      tail = null;
    }
  }

  private void admit(Member member) {
    member.index = members.size();
    members.add(member);
    if (member.index == viewers.length) {
      viewers = Arrays.copyOf(viewers, 2 * viewers.length);
    }
    place(member);
    retell(member);
  }

  void remove(Member member) {
    Member last = members.removeLast();
    if (last != member) {
      members.set(member.index, last);
      last.index = member.index;
      place(last);
    }
    member.index = -1;
    viewers[members.size()] = null;
    lane.dissolveIfEmpty(this);
  }

  /** Counts those who are about to join. */
  void reserve(int more) {
    reserved.addAndGet(more);
  }

  boolean isEmpty() {
    return members.isEmpty() && joining.isEmpty() && reserved.get() == 0;
  }

  void dissolve() {
    following.close();
  }

  /** Hides positions from a member, whether it is here already or not yet. */
  void hide(Member member, @Nullable Predicate<Position> hidden) {
    member.hides = hidden;
    if (member.index >= 0) {
      place(member);
    }
  }

  private void place(Member member) {
    viewers[member.index] = member.hides == null ? member.viewer : null;
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
    if (vigil != null) {
      vigil.erased(runner);
    }
    byte[] erased = manner.dialect().erased(runner);
    members.forEach(member -> member.viewer.erased(erased, runner));
    if (tail != null) {
      tail.forget(runner);
      List.copyOf(joining).forEach(replay -> replay.erased(erased, runner));
    }
  }

  private void readStatuses() {
    List<Position> newest = manner.source().latest(feed, 1);
    lane.put(() -> newest.forEach(this::learn));
  }

  private void learn(Position newest) {
    if (vigil != null) {
      Status status = vigil.heard(newest);
      if (status != null) {
        tell(new Vigil.Sign(newest.runner(), status));
      }
    }
  }

  void tick() {
    if (vigil != null) {
      vigil.tick().forEach(this::tell);
      if (unlearned) {
        learnStatuses();
      }
    }
  }

  /** Tells a member how everybody is. */
  void retell(Member member) {
    if (vigil != null) {
      vigil.all().forEach(sign -> tell(member, sign));
    }
  }

  private void tell(Vigil.Sign sign) {
    members.forEach(member -> tell(member, sign));
  }

  private void tell(Member member, Vigil.Sign sign) {
    byte[] bytes = manner.dialect().status(sign.runner(), sign.status());
    member.viewer.later(new Backlog.Shared(bytes, List.of(), manner.dialect(), lane.nowNanos()));
  }
}
