package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's way through the past of a feed until it meets the present: reads the log in pages,
 * at the viewer's speed. Reading happens on threads that may wait, everything else in the lane.
 */
final class Replay {
  private static final int PAGE = 500;
  private static final int PIECE_BYTES = 32 * 1024;

  private final Hub hub;
  private final Lane lane;
  private final Audience audience;
  private final Member member;
  private final Start start;
  private final long floorSeq;
  private long liveSeq = Long.MAX_VALUE;
  private long cursor;
  private boolean begun;
  private boolean over;

  /**
   * @param floorSeq positions up to this number are not sent, for the viewer has them already
   */
  Replay(Hub hub, Lane lane, Audience audience, Member member, Start start, long floorSeq) {
    this.hub = hub;
    this.lane = lane;
    this.audience = audience;
    this.member = member;
    this.start = start;
    this.floorSeq = floorSeq;
  }

  /** The number of the newest position that the viewer has. */
  long cursor() {
    return cursor;
  }

  boolean over() {
    return over;
  }

  void cancel() {
    over = true;
  }

  Member arrive() {
    over = true;
    return member;
  }

  void readOn() {
    TrackLog log = hub.log();
    Feed feed = audience.feed();
    if (begun) {
      long from = cursor;
      hub.read(() -> turnPage(log.after(feed, from, PAGE)));
      return;
    }
    begun = true;
    switch (start) {
      case Start.Trail(int each) -> hub.read(() -> beginWith(Past.of(log, feed, each), false));
      case Start.After(long seq, int _) -> {
        cursor = seq;
        hub.read(() -> turnPage(log.after(feed, seq, PAGE)));
      }
    }
  }

  private int trailEach() {
    return switch (start) {
      case Start.Trail(int each) -> each;
      case Start.After(long _, int trail) -> trail;
    };
  }

  private void turnPage(Page page) {
    switch (page) {
      case Page.Next(List<Position> positions) -> lane.put(() -> follow(positions));
      case Page.Gone() -> beginWith(Past.of(hub.log(), audience.feed(), trailEach()), true);
    }
  }

  /** What the log said of the newest positions of each runner. */
  private record Past(List<Position> newest, int asked) {
    static Past of(TrackLog log, Feed feed, int each) {
      return new Past(log.latest(feed, Math.max(1, each)), each);
    }

    long newestSeq() {
      return newest.isEmpty() ? 0 : newest.getLast().seq();
    }
  }

  /** From this number on, positions arrived after the viewer had come: they are no past. */
  void liveFrom(long seq) {
    liveSeq = seq;
  }

  private void beginWith(Past past, boolean reset) {
    lane.put(() -> begin(past, reset));
  }

  private void begin(Past past, boolean reset) {
    if (over) {
      return;
    }
    int each = trailEach();
    int needed = each + audience.arrivedFrom(liveSeq);
    if (past.newestSeq() >= liveSeq && past.asked < needed) {
      hub.read(() -> beginWith(Past.of(hub.log(), audience.feed(), needed), reset));
      return;
    }
    if (reset) {
      member.viewer.tell(audience.manner().dialect().reset(audience.feed()));
    }
    cursor = Math.min(past.newestSeq(), liveSeq - 1);
    List<Position> trail = newestOfEach(past.newest, each);
    audience.past(trail);
    send(trail, this::meet);
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

  private void follow(List<Position> page) {
    if (over) {
      return;
    }
    if (!page.isEmpty()) {
      cursor = page.getLast().seq();
      audience.past(page);
    }
    send(page, page.size() < PAGE ? this::meet : this::readOn);
  }

  private void meet() {
    audience.meet(this);
  }

  /** Sends positions a piece at a time, the next when the last has left; then goes on. */
  void send(List<Position> positions, @Nullable Runnable then) {
    List<Sighting> sightings =
        positions.stream()
            .filter(position -> position.seq() > floorSeq && member.sees(position))
            .map(position -> new Sighting(position, 0, 0))
            .toList();
    send(sightings, 0, then);
  }

  private void send(List<Sighting> sightings, int from, @Nullable Runnable then) {
    if (from == sightings.size()) {
      if (then != null) {
        then.run();
      }
      return;
    }
    ByteBuffer piece = lane.scratch().limit(PIECE_BYTES);
    int to = audience.manner().dialect().put(sightings, from, piece);
    byte[] bytes = new byte[piece.position()];
    piece.get(0, bytes);
    member.viewer.own(bytes, () -> goOn(sightings, to, then));
  }

  private void goOn(List<Sighting> sightings, int from, @Nullable Runnable then) {
    if (!over || then == null) {
      send(sightings, from, then);
    }
  }
}
