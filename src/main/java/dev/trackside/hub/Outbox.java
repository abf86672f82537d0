package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a subscriber whose last write is still under way. Positions wait as references to
 * shared bytes; when they are too many or too old, only the newest of each runner stays. Owned by a
 * lane.
 */
final class Outbox {
  private static final int SLOW_BYTES = 256 * 1024;

  /** Bounds positions that compress to few bytes: each delivery is kept as well. */
  private static final int SLOW_POSITIONS = 2_000;

  private static final int REST_BYTES = 32 * 1024;
  private static final long ITEM_BYTES = 64;

  /** A position, and what is noted of it. */
  private static final long POSITION_BYTES = 256;

  private static final long SLOW_NANOS = Duration.ofSeconds(2).toNanos();

  /** Bytes that wait, and since when. */
  sealed interface Item {
    byte[] bytes();

    long sinceNanos();
  }

  /** Positions: all but the newest of each runner may be left out. Many may hold the same. */
  static final class Shared implements Item {
    private final byte[] bytes;
    private final List<Delivery> deliveries;
    private final Encoder encoder;
    private final long sinceNanos;
    private int holders;

    Shared(byte[] bytes, List<Delivery> deliveries, Encoder encoder, long sinceNanos) {
      this.bytes = bytes;
      this.deliveries = deliveries;
      this.encoder = encoder;
      this.sinceNanos = sinceNanos;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public long sinceNanos() {
      return sinceNanos;
    }

    /** One more holds it: returns how much more memory that takes. */
    private long take() {
      return holders++ == 0 ? weight() : 0;
    }

    /** One fewer holds it: returns how much memory is free. */
    private long release() {
      return --holders == 0 ? weight() : 0;
    }

    private long weight() {
      return bytes.length + POSITION_BYTES * deliveries.size();
    }
  }

  /** A notice: a status may be left out, for a slow subscriber is told again in the end. */
  record Told(byte[] bytes, Notice notice, long sinceNanos) implements Item {}

  /**
   * A message for this subscriber alone, never left out.
   *
   * @param runners whose past is in it, if it is of the past
   */
  record Own(byte[] bytes, List<Runner> runners, @Nullable Runnable sent, long sinceNanos)
      implements Item {}

  private final ArrayDeque<Item> items = new ArrayDeque<>();
  private final Arrivals.NewestOfEach gaps = new Arrivals.NewestOfEach();
  private final SlowReaders readers;
  private @Nullable Encoder encoder;
  private long itemBytes;
  private long heldBytes;
  private int droppableBytes;
  private int droppablePositions;
  private boolean slow;

  Outbox(SlowReaders readers) {
    this.readers = readers;
  }

  void addFirst(Own own) {
    items.addFirst(own);
    hold(own);
  }

  void add(Item item, long nowNanos) {
    if (slow && isDroppable(item)) {
      leaveOut(item);
    } else {
      addKept(item);
      weigh(item, 1);
      forgetDropped(item);
      fallBehindIfSlow(item, nowNanos);
    }
    note();
  }

  private void fallBehindIfSlow(Item item, long nowNanos) {
    if (droppableBytes > SLOW_BYTES || droppablePositions > SLOW_POSITIONS) {
      fallBehind();
    } else if (isDroppable(item)) {
      fallBehindIfOld(nowNanos);
    }
  }

  /** Adds an item, and before it what was left out of the runners whose positions it has. */
  private void addKept(Item item) {
    if (item instanceof Own own && encoder != null && gaps.size() > 0) {
      List<Delivery> rest = gaps.take(own.runners);
      for (int from = 0; from < rest.size(); ) {
        ByteBuffer room = ByteBuffer.allocate(REST_BYTES);
        from = encoder.put(rest, from, room);
        byte[] bytes = Arrays.copyOf(room.array(), room.position());
        keep(new Own(bytes, List.of(), null, own.sinceNanos));
      }
    }
    keep(item);
  }

  private void keep(Item item) {
    items.add(item);
    hold(item);
  }

  private void hold(Item item) {
    switch (item) {
      case Shared shared -> readers.hold(shared.take());
      case Own _, Told _ -> itemBytes += item.bytes().length;
    }
  }

  private void release(Item item) {
    switch (item) {
      case Shared shared -> readers.hold(-shared.release());
      case Own _, Told _ -> itemBytes -= item.bytes().length;
    }
  }

  /** Notes how much this subscriber alone holds. */
  private void note() {
    long now = itemBytes + ITEM_BYTES * items.size() + POSITION_BYTES * gaps.size();
    readers.hold(now - heldBytes);
    heldBytes = now;
  }

  /** Must be called when this is dropped with what waits in it. */
  void close() {
    items.forEach(this::release);
    readers.hold(-heldBytes);
  }

  private static boolean isDroppable(Item item) {
    return switch (item) {
      case Shared _ -> true;
      case Told told -> told.notice instanceof Notice.RunnerStatus;
      case Own _ -> false;
    };
  }

  private void weigh(Item item, int sign) {
    if (isDroppable(item)) {
      droppableBytes += sign * item.bytes().length;
    }
    if (item instanceof Shared shared) {
      droppablePositions += sign * shared.deliveries.size();
    }
  }

  /** Nothing left out of a runner may follow the notice to drop what there is of them. */
  private void forgetDropped(Item item) {
    if (item instanceof Told told) {
      switch (told.notice) {
        case Notice.Erased(Runner runner) -> gaps.remove(runner);
        case Notice.Reset(Feed.One(Runner runner)) -> gaps.remove(runner);
        case Notice.Reset _, Notice.RunnerStatus _ -> {}
      }
    }
  }

  /** Falls behind when the oldest droppable item has waited for too long. */
  void fallBehindIfOld(long nowNanos) {
    for (Item item : items) {
      if (isDroppable(item)) {
        if (nowNanos - item.sinceNanos() > SLOW_NANOS) {
          fallBehind();
        }
        return;
      }
    }
  }

  private void fallBehind() {
    slow = true;
    droppableBytes = 0;
    droppablePositions = 0;
    List<Item> waiting = List.copyOf(items);
    items.clear();
    for (Item item : waiting) {
      release(item);
      leaveOut(item);
      if (!isDroppable(item)) {
        addKept(item);
      }
    }
  }

  private void leaveOut(Item item) {
    if (item instanceof Shared shared) {
      encoder = shared.encoder;
      shared.deliveries.forEach(gaps::add);
    }
    forgetDropped(item);
  }

  boolean isSlow() {
    return slow;
  }

  /** Moves as many items as fit, and returns what to run once they have left. */
  List<Runnable> drainTo(ByteBuffer room) {
    var sent = new ArrayList<Runnable>();
    for (Item next = items.peek();
        next != null && next.bytes().length <= room.remaining();
        next = items.peek()) {
      room.put(items.remove().bytes());
      release(next);
      weigh(next, -1);
      if (next instanceof Own own && own.sent != null) {
        sent.add(own.sent);
      }
    }
    if (room.position() == 0 && encoder != null && gaps.size() > 0) {
      List<Delivery> newest = gaps.pending();
      int put = encoder.put(newest, 0, room);
      newest.subList(0, put).forEach(delivery -> gaps.remove(delivery.position().runner()));
    }
    note();
    return sent;
  }
}
