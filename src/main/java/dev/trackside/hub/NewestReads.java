package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.View;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads the newest position of a runner for those who have dropped what they had, unless a newer
 * one arrives meanwhile. Owned by a lane.
 */
final class NewestReads {
  private final LogReads reads;
  private final View view;
  private final Lane lane;
  private final Map<Runner, Object> pending = new HashMap<>(0);

  NewestReads(LogReads reads, View view, Lane lane) {
    this.reads = reads;
    this.view = view;
    this.lane = lane;
  }

  /**
   * Reads a runner's newest position; what an earlier call has not read yet is void.
   *
   * @param then runs in the lane if there is one, and none has arrived since
   */
  void read(Runner runner, Consumer<Position> then) {
    var read = new Object();
    pending.put(runner, read);
    reads.ask(
        new LogReads.Ticket(
            new LogReads.Latest(view, new Feed.One(runner), 1),
            lane::put,
            page -> {
              if (pending.remove(runner, read)) {
                LogReads.positionsOf(page).stream().filter(view::shows).forEach(then);
              }
            },
            () -> {}));
  }

  /** A newer position has arrived, or there is none any more. */
  void drop(Runner runner) {
    if (!pending.isEmpty()) {
      pending.remove(runner);
    }
  }
}
