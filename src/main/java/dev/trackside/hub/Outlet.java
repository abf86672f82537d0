package dev.trackside.hub;

import dev.trackside.output.Sink;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to one subscriber: one write under way at most, and behind it what waits.
 * Owned by a lane.
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

  /**
   * @param recovered is run when the subscriber was slow and has caught up
   */
  Outlet(Lane lane, Sink sink, Runnable recovered) {
    this.lane = lane;
    this.sink = sink;
    this.recovered = recovered;
  }

  /** Writes at once when nothing is in the way; leaves {@code bytes} as they were. */
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

  /** Sends the first words, and then what was kept. */
  void greet(byte[] words) {
    if (!closed) {
      held = false;
      waiting().addFirst(new Outbox.Own(words, null));
      pumpIfFree();
    }
  }

  /** Sends positions, which may be left out when the subscriber turns out to be slow. */
  void later(Outbox.Shared shared) {
    send(shared);
  }

  void tell(byte[] bytes, Notice notice) {
    send(new Outbox.Told(bytes, notice, lane.nowNanos()));
  }

  /** Sends what is for this subscriber alone, and runs something once it has left. */
  void own(byte[] bytes, @Nullable Runnable sent) {
    send(new Outbox.Own(bytes, sent));
  }

  private void send(Outbox.Item item) {
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

  /** The write that had to wait has left. */
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

  /** Drops what waits, and takes nothing any more. */
  void close() {
    closed = true;
    outbox = null;
    leaving = null;
  }
}
