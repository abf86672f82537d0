package dev.trackside.loadtest.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The problems of a race in words, and how often each occurred. Thread-safe. */
final class Notes {
  private static final int MOST_KINDS = 20;

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder others = new LongAdder();

  /** Adds a problem. Beyond 20 kinds, only the number is kept. */
  void add(String words) {
    LongAdder count = counts.get(words);
    if (count == null && counts.size() < MOST_KINDS) {
      count = counts.computeIfAbsent(words, _ -> new LongAdder());
    }
    (count == null ? others : count).increment();
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    counts.forEach((words, count) -> lines.add(words + " (" + count + " times)"));
    lines.sort(null);
    if (others.sum() > 0) {
      lines.add("other problems (" + others + " times)");
    }
    return lines;
  }
}
