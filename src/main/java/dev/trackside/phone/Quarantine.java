package dev.trackside.phone;

import dev.trackside.track.Runner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What phones have sent that is no position: of each runner the newest {@value #MOST_EACH}, and how
 * often it happened. In memory only; of more than {@value #MOST_RUNNERS} runners, who was not heard
 * of longest is forgotten. Safe for use by many threads.
 */
final class Quarantine {
  static final int MOST_EACH = 20;
  static final int MOST_RUNNERS = 10_000;
  static final int MOST_SHOWN = 300;

  /**
   * One piece of junk.
   *
   * @param tMs when it came, epoch milliseconds of the server
   * @param request how that which was sent begins, printable
   */
  record Entry(long tMs, Junk junk, String request) {}

  /** How often something was wrong. */
  record Count(Dialect dialect, Reason reason) implements Comparable<Count> {
    @Override
    public int compareTo(Count other) {
      int byDialect = dialect.compareTo(other.dialect);
      return byDialect == 0 ? reason.compareTo(other.reason) : byDialect;
    }
  }

  /** Of one runner: the newest first. */
  record Cell(Deque<Entry> newest, Map<Count, Long> counts) {
    Cell() {
      this(new ArrayDeque<>(MOST_EACH), new TreeMap<>());
    }

    private Cell copy() {
      return new Cell(new ArrayDeque<>(newest), new TreeMap<>(counts));
    }
  }

  private final Map<Runner, Cell> cells = new LinkedHashMap<>(16, 0.75f, true);

  synchronized void put(Runner runner, long nowMs, List<Junk> junk, String request) {
    Cell cell = cells.computeIfAbsent(runner, _ -> new Cell());
    for (Junk piece : junk) {
      cell.counts.merge(new Count(piece.dialect(), piece.reason()), 1L, Long::sum);
      cell.newest.addFirst(new Entry(nowMs, piece, request));
      if (cell.newest.size() > MOST_EACH) {
        cell.newest.removeLast();
      }
    }
    if (cells.size() > MOST_RUNNERS) {
      Iterator<Runner> longest = cells.keySet().iterator();
      longest.next();
      longest.remove();
    }
  }

  /** What there is of a runner now. */
  synchronized Cell of(Runner runner) {
    Cell cell = cells.get(runner);
    return cell == null ? new Cell() : cell.copy();
  }

  synchronized void forget(Runner runner) {
    cells.remove(runner);
  }
}
