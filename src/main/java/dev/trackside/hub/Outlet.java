package dev.trackside.hub;

import dev.trackside.connection.Sink;
import dev.trackside.track.Runner;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way out to one subscriber: at most one write under way, and an outbox behind it. Owned by a
 * lane.
 */
final class Outlet implements SlowReaders.Reader {
  private final Lane lane;
  private final Sink sink;
  private final SlowReaders readers;
  private final Runnable recovered;
  private final Runnable comeBack;
  private @Nullable Outbox outbox;
  private @Nullable List<Runnable> leaving;
  private long copiedBytes;
  private long alsoHeldBytes;
  private boolean held;
  private boolean writing;
  private boolean closed;

  /**
   * @param recovered runs when a slow subscriber has caught up
   * @param comeBack runs when no more can be held for the subscriber
   */
  Outlet(Lane lane, Sink sink, SlowReaders readers, Runnable recovered, Runnable comeBack) {
    this.lane = lane;
    this.sink = sink;
    this.readers = readers;
    this.recovered = recovered;
    this.comeBack = comeBack;
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
    if (writing) {
      copiedBytes = bytes.limit();
      readers.hold(copiedBytes);
      readers.waits(this);
      readers.settle();
    }
  }

  private void written() {
    if (writing) {
      writing = false;
      readers.waitsNoLonger(this);
      readers.hold(-copiedBytes);
      copiedBytes = 0;
    }
  }

  /** Notes that more is held, or less, until the subscriber has taken what waits. */
  void alsoHold(long moreBytes) {
    if (!closed) {
      alsoHeldBytes += moreBytes;
      readers.hold(moreBytes);
      readers.settle();
    }
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

  /** The same for a message that has positions of these runners' past. */
  void own(byte[] bytes, List<Runner> runners, @Nullable Runnable sent) {
    send(new Outbox.Own(bytes, runners, sent, lane.nowNanos()));
  }

  void send(Outbox.Item item) {
    if (!closed) {
      waiting().add(item, lane.nowNanos());
      pumpIfFree();
      readers.settle();
    }
  }

  private Outbox waiting() {
    Outbox waiting = outbox == null ? new Outbox(readers) : outbox;
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
    written();
    runLeaving();
    Outbox waiting = held ? null : outbox;
    while (waiting != null && !writing) {
      waiting.fallBehindIfOld(lane.nowNanos());
      ByteBuffer bytes = lane.scratch();
      List<Runnable> sent = waiting.drainTo(bytes);
      if (bytes.position() == 0) {
        outbox = null;
        readers.settle();
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

  @Override
  public void sendAway() {
    drop();
    comeBack.run();
  }

  /** Drops what waits, and everything sent from now on. */
  void close() {
    drop();
    readers.settle();
  }

  private void drop() {
    closed = true;
    held = true;
    if (outbox != null) {
      outbox.close();
      outbox = null;
    }
    written();
    readers.hold(-alsoHeldBytes);
    alsoHeldBytes = 0;
    leaving = null;
  }
}
