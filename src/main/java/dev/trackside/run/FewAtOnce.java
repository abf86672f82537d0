package dev.trackside.run;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lets a few callers at a time do something that takes memory, on their own threads; the others
 * wait for their turns, of which each caller has one after the other. Of first pieces so many may
 * wait as in {@link Turns}; further ones are never refused. Safe for use by many threads.
 */
final class FewAtOnce {
  private final FairQueue waiting = new FairQueue(Turns.MOST_WAITING);

  /** How many more may come at once; nobody waits unless this is 0. */
  private int free;

  FewAtOnce(int most) {
    free = most;
  }

  /**
   * Waits for a turn, and does the work.
   *
   * @param first whether it may be refused
   * @throws TooBusy when it is
   */
  <T> T take(boolean first, Supplier<T> work) {
    var turn = new CompletableFuture<Boolean>();
    enter(first, turn);
    Turns.await(turn);
    try {
      return work.get();
    } finally {
      leave();
    }
  }

  private synchronized void enter(boolean first, CompletableFuture<Boolean> turn) {
    if (free > 0) {
      free--;
      turn.complete(true);
    } else {
      waiting.add(
          Turns.callerOr(turn),
          new FairQueue.Piece(
              first, () -> turn.complete(true), () -> turn.completeExceptionally(Turns.busy())));
    }
  }

  private synchronized void leave() {
    FairQueue.Piece next = waiting.poll();
    if (next == null) {
      free++;
    } else {
      next.work().run();
    }
  }

  /** How many first pieces wait. */
  int waiting() {
    return waiting.beginning();
  }
}
