package dev.trackside.hub;

import dev.trackside.memory.MemoryBudget;
import java.util.LinkedHashSet;

/**
 * What the subscribers in a lane make the server hold because a write to them has to wait. It is
 * taken from the budget; where there is none left, those are sent away whose write has waited for
 * longest. Owned by a lane.
 */
final class SlowReaders {
  /** A subscriber to whom a write has to wait. */
  interface Reader {
    /** Drops everything that waits for the subscriber, who should come back later. */
    void sendAway();
  }

  /** Taken at once, since most of what waits has left a moment later. */
  private static final long LUMP = 64 * 1024;

  private final MemoryBudget.Account memory;
  private final LinkedHashSet<Reader> waiting = new LinkedHashSet<>();
  private long heldBytes;
  private long takenBytes;

  SlowReaders(MemoryBudget.Account memory) {
    this.memory = memory;
  }

  /** A write has to wait for its reader from now on. */
  void waits(Reader reader) {
    waiting.remove(reader);
    waiting.add(reader);
  }

  void waitsNoLonger(Reader reader) {
    waiting.remove(reader);
  }

  /** Notes that more is held, or less. */
  void hold(long moreBytes) {
    heldBytes += moreBytes;
  }

  /** Takes what is held from the budget, or gives back what is not. May send anybody away. */
  void settle() {
    while (heldBytes > takenBytes) {
      long more = (heldBytes - takenBytes + LUMP - 1) / LUMP * LUMP;
      if (memory.take(more)) {
        takenBytes += more;
      } else if (waiting.isEmpty()) {
        return;
      } else {
        waiting.removeFirst().sendAway();
      }
    }
    long spare = (takenBytes - heldBytes) / LUMP * LUMP;
    if (spare > LUMP || heldBytes == 0) {
      memory.giveBack(spare);
      takenBytes -= spare;
    }
  }
}
