package dev.trackside.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Numbers about the running server, read on demand. Filled before the server starts, then safe for
 * use by many threads.
 */
public final class Gauges {
  private final List<Supplier<Map<String, Long>>> groups = new ArrayList<>();

  /** Adds a number under a name, such as {@code connections}. */
  public Gauges add(String name, LongSupplier value) {
    return addAll(() -> Map.of(name, value.getAsLong()));
  }

  /** Adds a group of numbers, by name. */
  public Gauges addAll(Supplier<Map<String, Long>> group) {
    groups.add(group);
    return this;
  }

  /** The present numbers, by name. */
  public Map<String, Long> read() {
    var read = new LinkedHashMap<String, Long>();
    groups.forEach(group -> read.putAll(group.get()));
    return read;
  }
}
