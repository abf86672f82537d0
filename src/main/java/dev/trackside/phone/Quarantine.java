package dev.trackside.phone;

import dev.trackside.phone.Junk.Kind;
import dev.trackside.track.Runner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What phones have sent that is no position: of each runner the newest {@value #MOST_EACH}, and how
 * often it happened. In memory only; of more than {@value #MOST_RUNNERS} runners, who was not
 * decoded of longest is forgotten. Safe for use by many threads.
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
  private record Entry(long tMs, Junk junk, String request) {}

  private record Cell(Deque<Entry> newest, Map<Kind, Long> counts) {
    Cell() {
      this(new ArrayDeque<>(MOST_EACH), new LinkedHashMap<>());
    }

    void put(long nowMs, Decoded decoded, String request) {
      decoded.junkCounts().forEach((kind, count) -> counts.merge(kind, count, Long::sum));
      for (Junk junk : decoded.newestJunk()) {
        newest.addFirst(new Entry(nowMs, junk, request));
        if (newest.size() > MOST_EACH) {
          newest.removeLast();
        }
      }
    }
  }

  private final Map<Runner, Cell> cells = new LinkedHashMap<>(16, 0.75f, true);

  /** Takes what was no position in something that a runner's phone has sent. */
  synchronized void put(Runner runner, long nowMs, Decoded decoded, String request) {
    cells.computeIfAbsent(runner, _ -> new Cell()).put(nowMs, decoded, request);
    if (cells.size() > MOST_RUNNERS) {
      Iterator<Runner> longest = cells.keySet().iterator();
      longest.next();
      longest.remove();
    }
  }

  synchronized void forget(Runner runner) {
    cells.remove(runner);
  }

  /** Tells what there is of a runner, the newest first. */
  synchronized void tell(Runner runner, ObjectNode answer) {
    Cell cell = cells.getOrDefault(runner, new Cell());
    ArrayNode counts = answer.putArray("counts");
    cell.counts.forEach((kind, count) -> tell(counts.addObject(), kind).put("count", count));
    ArrayNode newest = answer.putArray("newest");
    for (Entry entry : cell.newest) {
      tell(newest.addObject().put("t", entry.tMs), entry.junk.kind())
          .put("message", entry.junk.words())
          .put("request", entry.request);
    }
  }

  private static ObjectNode tell(ObjectNode into, Kind kind) {
    return into.put("dialect", kind.protocol().wire()).put("reason", kind.reason().wire());
  }
}
