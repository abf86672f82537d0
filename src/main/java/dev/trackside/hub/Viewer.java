package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A spectator's place in the hub. The public methods may be called by any thread and never wait;
 * everything else belongs to the lane.
 */
public final class Viewer {
  /** One followed feed: live once it has a place in the audience. */
  private static final class Seat {
    final Audience audience;
    final Member member;
    final Replay replay;
    boolean counted;

    Seat(Audience audience, Member member, Replay replay) {
      this.audience = audience;
      this.member = member;
      this.replay = replay;
    }

    boolean isLive() {
      return member.index >= 0;
    }

    /** The number up to which the viewer has everything of this feed that it will get. */
    long sentSeq() {
      return isLive() ? Math.max(audience.flushedSeq(), replay.cursor()) : replay.cursor();
    }
  }

  private final Hub hub;
  private final Lane lane;
  private final Predicate<ByteBuffer> way;
  private final Runnable unreadable;
  private final List<Seat> seats = new ArrayList<>(1);
  private @Nullable Predicate<Position> hides;
  private @Nullable Map<Runner, Long> covered;
  private @Nullable Backlog backlog;
  private @Nullable List<Runnable> leaving;
  private @Nullable Set<Runner> published;
  private boolean held;
  private boolean writing;
  private boolean left;

  Viewer(Hub hub, Lane lane, Predicate<ByteBuffer> way, Runnable unreadable) {
    this.hub = hub;
    this.lane = lane;
    this.way = way;
    this.unreadable = unreadable;
  }

  /** Hides positions from this spectator, in what it follows from now on. */
  public void hide(Predicate<Position> hidden) {
    lane.put(() -> hides = hidden);
  }

  /** Follows a feed; nothing happens when it is followed already. */
  public void follow(Feed feed, Manner manner, Start start) {
    Audience audience = lane.reserve(feed, manner);
    lane.put(() -> sit(audience, start));
  }

  /** Follows its first feed; before anything else it is sent the greeting. */
  public void greetAndFollow(Greeting greeting, Feed feed, Manner manner, Start start) {
    Audience audience = lane.reserve(feed, manner);
    lane.put(
        () -> {
          held = true;
          sit(audience, start);
          read(
              () -> {
                byte[] words = greeting.words(hub.status(feed, manner.source()));
                lane.put(() -> greet(words));
              });
        });
  }

  /** Reads for this viewer, on a thread that may wait. */
  void read(Runnable reading) {
    hub.read(reading, unreadable);
  }

  private void greet(byte[] words) {
    if (!left) {
      held = false;
      waiting().addFirst(new Backlog.Own(words, null));
      pumpIfFree();
    }
  }

  /** Says that this spectator publishes as a runner, so that it does not count as watching him. */
  public void publishes(Runner runner) {
    lane.put(
        () -> {
          published = published == null ? new HashSet<>(2) : published;
          published.add(runner);
          recount();
        });
  }

  public void unfollow(Feed feed) {
    lane.put(() -> stand(feed));
  }

  /**
   * Sends this spectator something of its own, in turn with everything else.
   *
   * @param sent is run, in the lane, once it has left
   */
  public void send(byte[] bytes, @Nullable Runnable sent) {
    lane.put(() -> own(bytes, sent));
  }

  /** Must be called when a write that had to wait has left. */
  public void written() {
    lane.put(this::pump);
  }

  /** Takes the spectator out of everything. */
  public void leave() {
    lane.put(this::standUp);
  }

  private void sit(Audience audience, Start start) {
    Feed feed = audience.feed();
    if (!left && seatOf(feed) == null) {
      sit(audience, feed, start);
    }
    lane.release(audience);
  }

  private void sit(Audience audience, Feed feed, Start start) {
    long floor = start instanceof Start.Trail(int each) && each <= 1 ? sentOf(feed) : 0;
    var member = new Member(this);
    var replay = new Replay(lane, audience, member, start, floor);
    audience.expect(replay);
    seats.add(new Seat(audience, member, replay));
    cover(feed, Long.MAX_VALUE);
    recount();
    replay.readOn();
  }

  private void stand(Feed feed) {
    Seat seat = seatOf(feed);
    if (seat != null) {
      Seat race = feed instanceof Feed.One(Runner runner) ? raceSeatOf(runner) : null;
      if (race != null && seat.isLive()) {
        seat.audience.flushEarly();
        race.audience.flushEarly();
      }
      long sentSeq = seat.sentSeq();
      seats.remove(seat);
      getUp(seat);
      cover(feed, sentSeq);
      recount();
    }
  }

  private void standUp() {
    if (!left) {
      left = true;
      seats.forEach(this::getUp);
      seats.clear();
      backlog = null;
      leaving = null;
      hub.left();
    }
  }

  private void getUp(Seat seat) {
    count(seat, false);
    if (seat.isLive()) {
      seat.audience.remove(seat.member);
    } else {
      seat.replay.cancel();
      seat.audience.giveUp(seat.replay);
    }
  }

  /** A viewer watches a runner once, and not at all whom it publishes as. */
  private void recount() {
    for (Seat seat : seats) {
      count(
          seat,
          !(seat.audience.feed() instanceof Feed.One(Runner runner))
              || (raceSeatOf(runner) == null
                  && (published == null || !published.contains(runner))));
    }
  }

  private void count(Seat seat, boolean counts) {
    if (seat.counted != counts) {
      seat.counted = counts;
      hub.watchers().add(seat.audience.feed(), counts ? 1 : -1);
    }
  }

  private @Nullable Seat seatOf(Feed feed) {
    for (Seat seat : seats) {
      if (seat.audience.feed().equals(feed)) {
        return seat;
      }
    }
    return null;
  }

  private @Nullable Seat raceSeatOf(Runner runner) {
    return runner.race().isEmpty() ? null : seatOf(new Feed.Race(runner.race()));
  }

  /** The number up to which this viewer has had a runner through his race's feed, or 0. */
  private long sentOf(Feed feed) {
    if (!(feed instanceof Feed.One(Runner runner))) {
      return 0;
    }
    Seat race = raceSeatOf(runner);
    if (race == null) {
      return 0;
    }
    if (race.isLive()) {
      race.audience.flushEarly();
    }
    long until = covered == null ? 0 : covered.getOrDefault(runner, 0L);
    return Math.max(race.sentSeq(), until);
  }

  /**
   * A runner who is followed both alone and with his race comes once: his own feed covers him up to
   * a number, and there the race's feed hides him.
   */
  private void cover(Feed feed, long untilSeq) {
    if (feed instanceof Feed.One(Runner runner) && !runner.race().isEmpty()) {
      Map<Runner, Long> cover = covered == null ? new HashMap<>(2) : covered;
      covered = cover;
      cover.put(runner, untilSeq);
      if (untilSeq < Long.MAX_VALUE && raceSeatOf(runner) == null) {
        cover.remove(runner);
      }
    }
    for (Seat seat : seats) {
      boolean race = seat.audience.feed() instanceof Feed.Race;
      seat.audience.hide(seat.member, race && covered != null ? this::isHiddenInRace : hides);
    }
  }

  private boolean isHiddenInRace(Position position) {
    Map<Runner, Long> cover = covered;
    Long until = cover == null ? null : cover.get(position.runner());
    if (cover != null && until != null) {
      if (position.seq() <= until) {
        return true;
      }
      cover.remove(position.runner());
    }
    return hides != null && hides.test(position);
  }

  /** Writes at once when nothing is in the way; leaves {@code bytes} as they were. */
  boolean writeNow(ByteBuffer bytes) {
    if (writing || held || backlog != null) {
      return false;
    }
    write(bytes);
    return true;
  }

  private void write(ByteBuffer bytes) {
    writing = !way.test(bytes);
    bytes.rewind();
  }

  /** Sends what may be left out when this viewer turns out to be slow. */
  void later(Backlog.Shared shared) {
    if (!left) {
      waiting().add(shared, lane.nowNanos());
      pumpIfFree();
    }
  }

  void tell(byte[] bytes) {
    own(bytes, null);
  }

  void own(byte[] bytes, @Nullable Runnable sent) {
    if (!left) {
      waiting().add(new Backlog.Own(bytes, sent));
      pumpIfFree();
    }
  }

  /** Says that a runner is gone, and sends nothing of him that still waits to be told of. */
  void erased(byte[] bytes, Runner runner) {
    if (!left) {
      waiting().add(new Backlog.Erased(bytes, runner));
      pumpIfFree();
    }
  }

  private Backlog waiting() {
    Backlog waiting = backlog == null ? new Backlog() : backlog;
    backlog = waiting;
    return waiting;
  }

  private void pumpIfFree() {
    if (!writing && !held) {
      pump();
    }
  }

  private void pump() {
    writing = false;
    runLeaving();
    Backlog waiting = held ? null : backlog;
    while (waiting != null && !writing) {
      waiting.fallBehindIfOld(lane.nowNanos());
      ByteBuffer bytes = lane.scratch();
      List<Runnable> sent = waiting.drainTo(bytes);
      if (bytes.position() == 0) {
        recover(waiting.isSlow());
        return;
      }
      leaving = sent.isEmpty() ? null : sent;
      write(bytes.flip());
      if (!writing) {
        runLeaving();
        waiting = backlog;
      }
    }
  }

  private void runLeaving() {
    List<Runnable> sent = leaving;
    leaving = null;
    if (sent != null) {
      sent.forEach(Runnable::run);
    }
  }

  private void recover(boolean wasSlow) {
    backlog = null;
    if (wasSlow) {
      List.copyOf(seats).stream()
          .filter(Seat::isLive)
          .forEach(seat -> seat.audience.retell(seat.member));
    }
  }
}
