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
 * What waits for a viewer whose last write has not left yet. Positions wait as references to bytes
 * that all share; when they are too many or too old, only the newest of each runner stays. Owned by
 * a lane.
 */
final class Backlog {
  private static final int SLOW_BYTES = 256 * 1024;

  /** Compressed or compact, so many are few bytes; but each is kept, too. */
  private static final int SLOW_POSITIONS = 2_000;

  private static final long SLOW_NANOS = Duration.ofSeconds(2).toNanos();

  /** Bytes that wait for a viewer. */
  sealed interface Item {
    byte[] bytes();
  }

  /** What may be left out for a slow viewer: positions, or none for something lesser. */
  record Shared(byte[] bytes, List<Sighting> sightings, Dialect dialect, long sinceNanos)
      implements Item {}

  /** What is this viewer's own and never left out. */
  record Own(byte[] bytes, @Nullable Runnable sent) implements Item {}

  /** Word that a runner is gone: nothing of what was left out of him may come behind it. */
  record Erased(byte[] bytes, Runner runner) implements Item {}

  private final ArrayDeque<Item> items = new ArrayDeque<>();
  private final Map<Runner, Sighting> gaps = new LinkedHashMap<>();
  private @Nullable Dialect dialect;
  private int sharedBytes;
  private int sharedPositions;
  private boolean slow;

  void addFirst(Own own) {
    items.addFirst(own);
  }

  void add(Own own) {
    items.add(own);
  }

  void add(Erased erased) {
    items.add(erased);
    gaps.remove(erased.runner);
  }

  void add(Shared shared, long nowNanos) {
    if (slow) {
      leaveOut(shared);
    } else {
      items.add(shared);
      sharedBytes += shared.bytes.length;
      sharedPositions += shared.sightings.size();
      if (sharedBytes > SLOW_BYTES || sharedPositions > SLOW_POSITIONS) {
        fallBehind();
      } else {
        fallBehindIfOld(nowNanos);
      }
    }
  }

  /** Leaves out what has waited for too long. */
  void fallBehindIfOld(long nowNanos) {
    for (Item item : items) {
      if (item instanceof Shared shared) {
        if (nowNanos - shared.sinceNanos > SLOW_NANOS) {
          fallBehind();
        }
        return;
      }
    }
  }

  private void fallBehind() {
    slow = true;
    sharedBytes = 0;
    sharedPositions = 0;
    for (Item item : items) {
      switch (item) {
        case Shared shared -> leaveOut(shared);
        case Erased erased -> gaps.remove(erased.runner);
        case Own _ -> {}
      }
    }
    items.removeIf(Shared.class::isInstance);
  }

  private void leaveOut(Shared shared) {
    dialect = shared.dialect;
    for (Sighting sighting : shared.sightings) {
      gaps.merge(sighting.position().runner(), sighting, Sighting::then);
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
      switch (next) {
        case Shared shared -> {
          sharedBytes -= shared.bytes.length;
          sharedPositions -= shared.sightings.size();
        }
        case Erased _ -> {}
        case Own own -> {
          if (own.sent != null) {
            sent.add(own.sent);
          }
        }
      }
    }
    if (room.position() == 0 && dialect != null && !gaps.isEmpty()) {
      var newest = new ArrayList<Sighting>(gaps.values());
      newest.sort(comparingLong(sighting -> sighting.position().seq()));
      int put = dialect.put(newest, 0, room);
      newest.subList(0, put).forEach(s -> gaps.remove(s.position().runner()));
    }
    return sent;
  }
}
