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

/**
 * One viewer's way through the past of a feed until it meets the present: reads the log in pages,
 * at the viewer's speed. Reading happens on threads that may wait, everything else in the lane.
 */
final class Replay {
  private static final int PAGE = 500;
  private static final int PIECE_BYTES = 32 * 1024;

  private final Lane lane;
  private final Audience audience;
  private final Member member;
  private final Start start;
  private final long floorSeq;
  private long liveSeq = Long.MAX_VALUE;
  private long arrivedBefore = Long.MAX_VALUE;
  private long cursor;
  private boolean begun;
  private boolean over;

  /**
   * @param floorSeq positions up to this number are not sent, for the viewer has them already
   */
  Replay(Lane lane, Audience audience, Member member, Start start, long floorSeq) {
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
    TrackLog log = audience.manner().source();
    Feed feed = audience.feed();
    long readable = audience.readableSeq();
    if (begun) {
      long from = cursor;
      member.viewer.read(() -> turnPage(log.after(feed, from, PAGE), readable));
      return;
    }
    begun = true;
    switch (start) {
      case Start.Trail(int each) ->
          member.viewer.read(() -> beginWith(Past.of(log, feed, each), false));
      case Start.After(long seq, int _) -> {
        cursor = seq;
        member.viewer.read(() -> turnPage(log.after(feed, seq, PAGE), readable));
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
          beginWith(Past.of(audience.manner().source(), audience.feed(), trailEach()), true);
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

  /**
   * From this number on, positions arrived after the viewer had come: they are no past.
   *
   * @param before how many had arrived before it
   */
  void liveFrom(long seq, long before) {
    liveSeq = seq;
    arrivedBefore = before;
  }

  /** Says that a runner is gone; nothing of him from before comes behind it. */
  void erased(byte[] erased, Runner runner) {
    member.viewer.erased(erased, runner);
  }

  private void beginWith(Past past, boolean reset) {
    lane.put(() -> begin(past, reset));
  }

  private void begin(Past past, boolean reset) {
    if (over) {
      return;
    }
    int each = trailEach();
    long live = Math.max(0, audience.arrived() - arrivedBefore);
    int needed = (int) Math.min(Math.max(1, each) + live, TrackLog.MOST);
    if (past.newestSeq() >= liveSeq && past.asked < needed) {
      member.viewer.read(
          () -> beginWith(Past.of(audience.manner().source(), audience.feed(), needed), reset));
      return;
    }
    if (reset) {
      member.viewer.tell(audience.manner().dialect().reset(audience.feed()));
    }
    cursor = past.newestSeqBefore(liveSeq);
    List<Position> chosen = newestOfEach(past.newest, each);
    if (chosen.isEmpty()) {
      audience.manner().dialect().mark(cursor).ifPresent(member.viewer::tell);
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
    audience.meet(this);
  }

  /**
   * Sends what is missing up to the present. Returns false when it takes more than one piece: then
   * the present has gone on when the last has left, and the two meet once more.
   */
  boolean catchUp(List<Position> missing) {
    List<Sighting> sightings = sightingsOf(missing);
    ByteBuffer piece = lane.scratch().limit(PIECE_BYTES);
    if (audience.manner().dialect().alone().put(sightings, 0, piece) < sightings.size()) {
      cursor = missing.getLast().seq();
      send(sightings, 0, missing.size() < PAGE ? this::meet : this::readOn);
      return false;
    }
    if (!sightings.isEmpty()) {
      member.viewer.own(bytesOf(piece), null);
    }
    cursor = missing.isEmpty() ? cursor : missing.getLast().seq();
    return true;
  }

  private List<Sighting> sightingsOf(List<Position> positions) {
    return positions.stream()
        .filter(position -> position.seq() > floorSeq && member.sees(position))
        .map(Sighting::of)
        .toList();
  }

  /** Sends positions a piece at a time, the next when the last has left; then goes on. */
  private void send(List<Position> positions, Runnable then) {
    send(sightingsOf(positions), 0, then);
  }

  private void send(List<Sighting> sightings, int from, Runnable then) {
    List<Sighting> left =
        sightings.subList(from, sightings.size()).stream()
            .filter(sighting -> !audience.isForgotten(sighting.position()))
            .toList();
    if (left.isEmpty()) {
      then.run();
      return;
    }
    ByteBuffer piece = lane.scratch().limit(PIECE_BYTES);
    int to = audience.manner().dialect().alone().put(left, 0, piece);
    member.viewer.own(bytesOf(piece), () -> goOn(left, to, then));
  }

  private static byte[] bytesOf(ByteBuffer piece) {
    byte[] bytes = new byte[piece.position()];
    piece.get(0, bytes);
    return bytes;
  }

  private void goOn(List<Sighting> sightings, int from, Runnable then) {
    if (!over) {
      send(sightings, from, then);
    }
  }
}
