package dev.trackside.hub;

import dev.trackside.connection.Sink;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way out to one subscriber: at most one write under way, and an outbox behind it. Owned by a
 * lane.
 */
final class Outlet {
  private final Lane lane;
  private final Sink sink;
  private final Runnable recovered;
  private @Nullable Outbox outbox;
  private @Nullable List<Runnable> leaving;
  private boolean held;
  private boolean writing;
  private boolean closed;

  /** Runs {@code recovered} when a slow subscriber has caught up. */
  Outlet(Lane lane, Sink sink, Runnable recovered) {
    this.lane = lane;
    this.sink = sink;
    this.recovered = recovered;
  }

  /** Writes at once and returns true when nothing waits; leaves {@code bytes} as they were. */
  boolean writeNow(ByteBuffer bytes) {
    if (writing || held || outbox != null) {
      return false;
    }
    write(bytes);
    return true;
  }

  private void write(ByteBuffer bytes) {
    writing = !sink.write(bytes);
    bytes.rewind();
  }

  /** Keeps everything until {@link #greet}. */
  void hold() {
    held = true;
  }

  /** Sends the first message, and then what was kept. */
  void greet(byte[] words) {
    if (!closed) {
      held = false;
      waiting().addFirst(new Outbox.Own(words, List.of(), null, lane.nowNanos()));
      pumpIfFree();
    }
  }

  void tell(byte[] bytes, Notice notice) {
    send(new Outbox.Told(bytes, notice, lane.nowNanos()));
  }

  /** Sends a message for this subscriber alone, and runs {@code sent} once it has left. */
  void own(byte[] bytes, @Nullable Runnable sent) {
    own(bytes, List.of(), sent);
  }

  /** The same for a message that has positions of the past. */
  void own(byte[] bytes, List<Delivery> deliveries, @Nullable Runnable sent) {
    send(new Outbox.Own(bytes, List.copyOf(deliveries), sent, lane.nowNanos()));
  }

  void send(Outbox.Item item) {
    if (!closed) {
      waiting().add(item, lane.nowNanos());
      pumpIfFree();
    }
  }

  private Outbox waiting() {
    Outbox waiting = outbox == null ? new Outbox() : outbox;
    outbox = waiting;
    return waiting;
  }

  private void pumpIfFree() {
    if (!writing && !held) {
      pump();
    }
  }

  /** Writes what waits; must be called when a write that had to wait is done. */
  void pump() {
    writing = false;
    runLeaving();
    Outbox waiting = held ? null : outbox;
    while (waiting != null && !writing) {
      waiting.fallBehindIfOld(lane.nowNanos());
      ByteBuffer bytes = lane.scratch();
      List<Runnable> sent = waiting.drainTo(bytes);
      if (bytes.position() == 0) {
        outbox = null;
        if (waiting.isSlow()) {
          recovered.run();
        }
        return;
      }
      leaving = sent.isEmpty() ? null : sent;
      write(bytes.flip());
      if (!writing) {
        runLeaving();
        waiting = outbox;
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

  /** Drops what waits, and everything sent from now on. */
  void close() {
    closed = true;
    outbox = null;
    leaving = null;
  }
}
