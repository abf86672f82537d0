package dev.trackside.phone;

import dev.trackside.phone.Junk.Kind;
import dev.trackside.track.Runner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The junk that phones have sent: the newest {@value #MOST_EACH} pieces of each runner, and counts.
 * In memory only, for the {@value #MOST_RUNNERS} runners who used it last. Safe for use by many
 * threads.
 */
final class Quarantine {
  static final int MOST_EACH = 20;
  static final int MOST_SHOWN = 300;
  private static final int MOST_RUNNERS = 10_000;

  /**
   * One piece of junk.
   *
   * @param tMs when it arrived, epoch milliseconds of the server
   * @param request how the request begins, printable
   */
  private record Entry(long tMs, Junk junk, String request, boolean ofClock) {}

  private record Cell(Deque<Entry> newest, Map<Kind, Long> counts) {
    Cell() {
      this(new ArrayDeque<>(MOST_EACH), new LinkedHashMap<>());
    }
  }

  private final SequencedMap<Runner, Cell> cells = new LinkedHashMap<>(16, 0.75f, true);

  synchronized void put(Runner runner, long nowMs, Decoded decoded, String request) {
    Cell cell = cells.computeIfAbsent(runner, _ -> new Cell());
    decoded.junkCounts().forEach((kind, count) -> cell.counts.merge(kind, count, Long::sum));
    for (Junk junk : decoded.newestJunk()) {
      add(cell, new Entry(nowMs, junk, request, false));
    }
    limit();
  }

  /** Notes a flaw of a phone's clock. Only the newest is kept: a clock is wrong for hours. */
  synchronized void putClock(Runner runner, long nowMs, Junk junk, String request) {
    Cell cell = cells.computeIfAbsent(runner, _ -> new Cell());
    cell.counts.merge(junk.kind(), 1L, Long::sum);
    cell.newest.removeIf(Entry::ofClock);
    add(cell, new Entry(nowMs, junk, request, true));
    limit();
  }

  private static void add(Cell cell, Entry entry) {
    cell.newest.addFirst(entry);
    if (cell.newest.size() > MOST_EACH) {
      cell.newest.removeLast();
    }
  }

  private void limit() {
    if (cells.size() > MOST_RUNNERS) {
      cells.pollFirstEntry();
    }
  }

  synchronized void forget(Runner runner) {
    cells.remove(runner);
  }

  /** Adds a runner's junk to an answer, the newest first. */
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
    return into.put("dialect", kind.dialect()).put("reason", kind.reason().wire());
  }
}
