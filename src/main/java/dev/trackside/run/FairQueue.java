package dev.trackside.run;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of work that wait. Whoever asks has one turn after the other, however many pieces of
 * theirs wait. When too many wait, whoever has the most loses their newest. Safe for use by many
 * threads.
 */
final class FairQueue {
  /**
   * @param begins whether the piece may be refused: nobody has an answer to it yet
   * @param refused runs in place of the work, when the piece loses its place
   */
  record Piece(boolean begins, Runnable work, Runnable refused) {}

  private final SequencedMap<Object, ArrayDeque<Piece>> waiting = new LinkedHashMap<>();
  private final int most;
  private int beginning;
  private boolean closed;

  /**
   * @param most how many pieces wait that may be refused
   */
  FairQueue(int most) {
    this.most = most;
  }

  /** Adds a piece, or refuses that one or another: of callers with as many, who came last. */
  void add(Object asker, Piece piece) {
    Piece loser = put(asker, piece);
    if (loser != null) {
      loser.refused.run();
    }
  }

  private synchronized @Nullable Piece put(Object asker, Piece piece) {
    if (closed) {
      throw new TooBusy("The server is closing.");
    }
    waiting.computeIfAbsent(asker, _ -> new ArrayDeque<>()).add(piece);
    notify();
    if (!piece.begins || ++beginning <= most) {
      return null;
    }
    beginning--;
    return newestOfTheMost();
  }

  private Piece newestOfTheMost() {
    Map.Entry<Object, ArrayDeque<Piece>> busiest =
        waiting.sequencedEntrySet().reversed().stream()
            .max(Comparator.comparingLong(entry -> beginning(entry.getValue())))
            .orElseThrow();
    ArrayDeque<Piece> pieces = busiest.getValue();
    Piece loser = pieces.reversed().stream().filter(Piece::begins).findFirst().orElseThrow();
    pieces.removeLastOccurrence(loser);
    if (pieces.isEmpty()) {
      waiting.remove(busiest.getKey());
    }
    return loser;
  }

  private static long beginning(ArrayDeque<Piece> pieces) {
    return pieces.stream().filter(Piece::begins).count();
  }

  /** Waits for the next piece; null when this is closed and nothing is left. */
  synchronized @Nullable Piece take() throws InterruptedException {
    Piece next = poll();
    while (next == null && !closed) {
      wait();
      next = poll();
    }
    return next;
  }

  /** The next piece; null when nothing waits. */
  synchronized @Nullable Piece poll() {
    Map.Entry<Object, ArrayDeque<Piece>> next = waiting.pollFirstEntry();
    if (next == null) {
      return null;
    }
    Piece piece = next.getValue().remove();
    if (!next.getValue().isEmpty()) {
      waiting.putLast(next.getKey(), next.getValue());
    }
    beginning -= piece.begins ? 1 : 0;
    return piece;
  }

  /** How many pieces wait that may be refused. */
  synchronized int beginning() {
    return beginning;
  }

  /** Refuses pieces from now on. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
