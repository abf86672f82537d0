package dev.trackside.hub;

import static java.util.Comparator.comparingLong;

import dev.trackside.track.Runner;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a subscriber whose last write has not left yet. Positions wait as references to
 * bytes that all share; when they are too many or too old, only the newest of each runner stays.
 * Owned by a lane.
 */
final class Outbox {
  private static final int SLOW_BYTES = 256 * 1024;

  /** Compressed or compact, so many are few bytes; but each is kept, too. */
  private static final int SLOW_POSITIONS = 2_000;

  private static final long SLOW_NANOS = Duration.ofSeconds(2).toNanos();

  /** Bytes that wait for a subscriber. */
  sealed interface Item {
    byte[] bytes();
  }

  /** Positions: all but the newest of each runner may be left out. */
  record Shared(byte[] bytes, List<Delivery> deliveries, Encoder encoder, long sinceNanos)
      implements Item {}

  /** A notice: left out when it is told again anyway. */
  record Told(byte[] bytes, Notice notice, long sinceNanos) implements Item {}

  /** What is this subscriber's own and never left out. */
  record Own(byte[] bytes, @Nullable Runnable sent) implements Item {}

  private final ArrayDeque<Item> items = new ArrayDeque<>();
  private final Map<Runner, Delivery> gaps = new LinkedHashMap<>();
  private @Nullable Encoder encoder;
  private int droppableBytes;
  private int droppablePositions;
  private boolean slow;

  void addFirst(Own own) {
    items.addFirst(own);
  }

  void add(Item item, long nowNanos) {
    if (slow && isDroppable(item)) {
      leaveOut(item);
      return;
    }
    items.add(item);
    weigh(item, 1);
    if (item instanceof Told told) {
      forgetErased(told);
    }
    if (droppableBytes > SLOW_BYTES || droppablePositions > SLOW_POSITIONS) {
      fallBehind();
    } else if (isDroppable(item)) {
      fallBehindIfOld(nowNanos);
    }
  }

  private static boolean isDroppable(Item item) {
    return switch (item) {
      case Shared _ -> true;
      case Told told -> told.notice.isRetold();
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

  /** Nothing of what was left out of a runner may come behind the word that they are gone. */
  private void forgetErased(Told told) {
    if (told.notice instanceof Notice.Erased(Runner runner)) {
      gaps.remove(runner);
    }
  }

  /** Leaves out what has waited for too long. */
  void fallBehindIfOld(long nowNanos) {
    for (Item item : items) {
      if (isDroppable(item)) {
        if (nowNanos - sinceNanos(item) > SLOW_NANOS) {
          fallBehind();
        }
        return;
      }
    }
  }

  private static long sinceNanos(Item item) {
    return switch (item) {
      case Shared shared -> shared.sinceNanos;
      case Told told -> told.sinceNanos;
      case Own _ -> throw new IllegalArgumentException("what is never left out does not age");
    };
  }

  private void fallBehind() {
    slow = true;
    droppableBytes = 0;
    droppablePositions = 0;
    for (Item item : items) {
      leaveOut(item);
    }
    items.removeIf(Outbox::isDroppable);
  }

  private void leaveOut(Item item) {
    switch (item) {
      case Shared shared -> {
        encoder = shared.encoder;
        for (Delivery delivery : shared.deliveries) {
          gaps.merge(delivery.position().runner(), delivery, Delivery::then);
        }
      }
      case Told told -> forgetErased(told);
      case Own _ -> {}
    }
  }

  boolean isSlow() {
    return slow;
  }

  /** Moves what comes first, as much as there is room for, and what is to be run once it left. */
  List<Runnable> drainTo(ByteBuffer room) {
    var sent = new ArrayList<Runnable>();
    for (Item next = items.peek();
        next != null && next.bytes().length <= room.remaining();
        next = items.peek()) {
      room.put(items.remove().bytes());
      weigh(next, -1);
      if (next instanceof Own own && own.sent != null) {
        sent.add(own.sent);
      }
    }
    if (room.position() == 0 && encoder != null && !gaps.isEmpty()) {
      var newest = new ArrayList<Delivery>(gaps.values());
      newest.sort(comparingLong(delivery -> delivery.position().seq()));
      int put = encoder.put(newest, 0, room);
      newest.subList(0, put).forEach(delivery -> gaps.remove(delivery.position().runner()));
    }
    return sent;
  }
}
