package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches the statuses of a feed's runners, for all channels in a lane that follow the feed with
 * the same view. Owned by the lane.
 */
final class StatusWatch {
  /** Is told of statuses that have changed. */
  interface Listener {
    void tell(Notice notice);
  }

  private final Lane lane;
  private final LogReads reads;
  private final View view;
  private final LogReads.Latest newest;
  private final PresenceTracker presence;
  private final List<Listener> listeners = new ArrayList<>(1);
  private long heardSeq;

  /** Guarded by {@link Channels}: how many channels use this. */
  int users;

  /** Whether reading the newest positions failed: the next tick tries again. */
  private volatile boolean unread;

  private volatile LogReads.@Nullable Ticket ticket;

  /** Begins to read the newest positions; any thread. */
  StatusWatch(Lane lane, LogReads reads, Feed feed, View view, PresenceTracker.Statuses statuses) {
    this.lane = lane;
    this.reads = reads;
    this.view = view;
    this.newest = new LogReads.Latest(view, feed, 1);
    this.presence = new PresenceTracker(feed, statuses, view::shows);
    read();
  }

  private void read() {
    unread = false;
    var wish =
        new LogReads.Ticket(
            newest,
            lane::put,
            page -> LogReads.positionsOf(page).stream().filter(view::shows).forEach(this::note),
            () -> unread = true);
    ticket = wish;
    reads.ask(wish);
  }

  /** Any thread. */
  void close() {
    LogReads.Ticket wish = ticket;
    if (wish != null) {
      reads.drop(wish);
    }
  }

  private void note(Position position) {
    presence.heard(position).forEach(this::tell);
  }

  private void tell(Notice notice) {
    listeners.forEach(listener -> listener.tell(notice));
  }

  void add(Listener listener) {
    listeners.add(listener);
  }

  void remove(Listener listener) {
    listeners.remove(listener);
  }

  /** Notes a position; each channel brings each position, and the first one counts. */
  void heard(Position position) {
    if (position.seq() > heardSeq) {
      heardSeq = position.seq();
      note(position);
    }
  }

  /** Reads what is shown of a runner now; each channel asks for it, and the last read counts. */
  void shownAnew(Runner runner) {
    Object read = presence.readsAnew(runner);
    reads.ask(
        new LogReads.Ticket(
            new LogReads.Latest(view, new Feed.One(runner), 1),
            lane::put,
            page -> shownAnew(runner, read, LogReads.positionsOf(page)),
            () -> {
              unread = true;
              lane.put(() -> shownAnew(runner, read, List.of()));
            }));
  }

  private void shownAnew(Runner runner, Object read, List<Position> shown) {
    presence.shownAnew(runner, read, shown.isEmpty() ? null : shown.getLast()).forEach(this::tell);
  }

  void erased(Runner runner) {
    presence.erased(runner);
  }

  void tick() {
    presence.tick().forEach(this::tell);
    if (unread) {
      read();
    }
  }

  /** Every status, for a subscriber that has just come or has missed some. */
  List<Notice> all() {
    return presence.all();
  }
}
