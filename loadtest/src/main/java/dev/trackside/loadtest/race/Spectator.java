package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.Connection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** A spectator, who tracks what arrives. Thread-safe. */
final class Spectator implements PersistentConnection.Owner {
  /** After so long, a connected spectator must have got something. */
  private static final long SETTLING_MICROS = 2_000_000;

  /** What all spectators of a race share. */
  record Shared(Plan plan, Field field, Tally tally, long measuredFromMicros) {}

  private final Shared shared;
  private final int index;
  private final Follow follow;
  private final int first;
  private final PersistentConnection connection;
  private final DeliveryTracker tracker;
  private final long[] newestSeq;
  private long firstConnectedMicros;
  private long connectedMicros;
  private boolean judged = true;

  Spectator(
      Shared shared, int index, Follow follow, PersistentConnection.Context context, URI target) {
    this.shared = shared;
    this.index = index;
    this.follow = follow;
    int all = shared.plan.field();
    int runners = follow.everyone() ? all : Math.min(follow.runners(), all);
    this.first = follow.everyone() ? 0 : index % all;
    this.connection = new PersistentConnection(context, target, this);
    this.tracker = new DeliveryTracker(runners);
    this.newestSeq = new long[follow.everyone() ? 1 : runners];
  }

  PersistentConnection connection() {
    return connection;
  }

  /** From now on, the spectator need not get everything. */
  synchronized void stopJudging() {
    judged = false;
  }

  /** Reads again. The latency of what has waited meanwhile does not count. */
  synchronized void resumeReading() {
    connectedMicros = Clock.micros();
    Connection current = connection.current();
    if (current != null) {
      current.resume();
    }
  }

  @Override
  public synchronized void connected(Connection opened) {
    connectedMicros = Clock.micros();
    if (firstConnectedMicros == 0) {
      firstConnectedMicros = connectedMicros;
    }
    shared.plan.registration().messages(feeds(), feed -> newestSeq[feed]).forEach(opened::send);
  }

  private List<String> feeds() {
    return follow.everyone()
        ? List.of(shared.plan.everyone())
        : IntStream.range(0, newestSeq.length)
            .mapToObj(i -> shared.plan.id(runner(i) + 1))
            .toList();
  }

  private int runner(int slot) {
    return (first + slot) % shared.plan.field();
  }

  @Override
  public void text(ByteBuffer utf8) {
    read(new JsonMessages(utf8));
  }

  @Override
  public void binary(ByteBuffer bytes) {
    read(new CompactMessages(bytes));
  }

  private synchronized void read(ServerMessages messages) {
    long nowMicros = Clock.micros();
    while (messages.next()) {
      switch (messages.type()) {
        case POSITION -> add(messages, nowMicros);
        case RESET -> reset(messages);
        case ERROR -> shared.tally.notes.add("the server told a spectator: " + messages.words());
        case ACK, OTHER -> {}
      }
    }
  }

  private void add(ServerMessages messages, long nowMicros) {
    int all = shared.plan.field();
    int runner = (int) messages.runner() - 1;
    int slot = runner < 0 || runner >= all ? -1 : (runner - first + all) % all;
    int number = shared.field.number(runner, messages);
    if (slot < 0 || slot >= tracker.runners() || number < 0) {
      shared.tally.notes.add("a position arrived that was not sent or not followed here");
      return;
    }
    shared.tally.delivered.increment();
    boolean isFirst = !tracker.has(slot);
    if (!tracker.add(slot, number, messages.skipped())) {
      return;
    }
    if (isFirst) {
      int from = shared.field.firstAfter(runner, connectedMicros + SETTLING_MICROS);
      tracker.owe(slot, (long) number - from - messages.skipped());
    }
    int feed = follow.everyone() ? 0 : slot;
    if (messages.seq() <= newestSeq[feed]) {
      shared.tally.disordered.increment();
    } else {
      newestSeq[feed] = messages.seq();
    }
    long dueMicros = shared.field.dueMicros(runner, number, messages);
    if (judged && dueMicros >= Math.max(connectedMicros, shared.measuredFromMicros)) {
      shared.tally.latency(index, nowMicros - dueMicros);
    }
  }

  private void reset(ServerMessages messages) {
    shared.tally.notes.add("a spectator was told to start over");
    for (int slot = 0; slot < tracker.runners(); slot++) {
      if (follow.everyone() || messages.runner() - 1 == runner(slot)) {
        tracker.reset(slot);
        newestSeq[follow.everyone() ? 0 : slot] = 0;
      }
    }
  }

  /** Adds what the spectator got and what is missing. */
  synchronized void addTo(Totals totals) {
    if (!judged || firstConnectedMicros == 0) {
      return;
    }
    for (int slot = 0; slot < tracker.runners(); slot++) {
      int runner = runner(slot);
      if (tracker.has(slot)) {
        int missing = tracker.missing(slot, shared.field.lastStored(runner));
        totals.missing(
            missing - (missing > 0 ? Math.min(missing, shared.field.refusals(runner)) : 0));
      } else {
        totals.missing(shared.field.storedAfter(runner, firstConnectedMicros + SETTLING_MICROS));
      }
    }
    totals.add(tracker);
  }
}
