package dev.trackside.ops;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Plain numbers about the running server, as metrics read them: each is asked for when it is
 * wanted. Filled before the server starts, then safe for use by many threads.
 */
public final class Gauges {
  private final Map<String, LongSupplier> gauges = new LinkedHashMap<>();

  /** Adds a number under a name such as {@code connections}. */
  public Gauges add(String name, LongSupplier value) {
    gauges.put(name, value);
    return this;
  }

  /** All names with their numbers at present. */
  public Map<String, Long> read() {
    var read = new LinkedHashMap<String, Long>();
    gauges.forEach((name, value) -> read.put(name, value.getAsLong()));
    return Collections.unmodifiableMap(read);
  }
}
