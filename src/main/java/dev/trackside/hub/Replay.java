package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.TrackLog;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's way through the past of a feed until it meets the present: reads the log in pages,
 * at the viewer's speed. Reading happens on threads that may wait, everything else in the lane.
 */
final class Replay {
  private static final int PAGE = 500;

  private final Hub hub;
  private final Lane lane;
  private final Audience audience;
  private final Member member;
  private final Start start;
  private final long floorSeq;
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
      hub.read(() -> turnPage(log.after(feed, from, PAGE), trailAfterReset()));
      return;
    }
    begun = true;
    switch (start) {
      case Start.Trail(int each) -> hub.read(() -> beginWith(trail(log, feed, each), false));
      case Start.After(long seq, int trail) -> {
        cursor = seq;
        hub.read(() -> turnPage(log.after(feed, seq, PAGE), trail));
      }
    }
  }

  private int trailAfterReset() {
    return switch (start) {
      case Start.Trail(int each) -> each;
      case Start.After(long _, int trail) -> trail;
    };
  }

  private void turnPage(Page page, int trail) {
    switch (page) {
      case Page.Next(List<Position> positions) -> lane.put(() -> follow(positions));
      case Page.Gone() -> beginWith(trail(hub.log(), audience.feed(), trail), true);
    }
  }

  private record Past(List<Position> trail, long newestSeq) {}

  private static Past trail(TrackLog log, Feed feed, int each) {
    List<Position> newest = log.latest(feed, Math.max(1, each));
    long newestSeq = newest.isEmpty() ? 0 : newest.getLast().seq();
    return new Past(each == 0 ? List.of() : newest, newestSeq);
  }

  private void beginWith(Past past, boolean reset) {
    lane.put(
        () -> {
          if (over) {
            return;
          }
          if (reset) {
            member.viewer.tell(audience.manner().dialect().reset(audience.feed()));
          }
          cursor = past.newestSeq;
          send(past.trail, this::meet);
        });
  }

  private void follow(List<Position> page) {
    if (over) {
      return;
    }
    if (!page.isEmpty()) {
      cursor = page.getLast().seq();
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

  private static final int PIECE_BYTES = 32 * 1024;
}
