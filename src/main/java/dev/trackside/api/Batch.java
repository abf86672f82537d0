package dev.trackside.api;

import dev.trackside.call.Problem;
import dev.trackside.track.Fix;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The positions of one call: good ones, and why the others are none. Not for several threads. */
final class Batch {
  static final int MOST = 10_000;

  private final List<Fix> fixes = new ArrayList<>();
  private final SortedMap<Integer, String> refused = new TreeMap<>();

  void add(Fix fix) {
    fixes.add(fix);
    check();
  }

  void refuse(String why) {
    refused.put(size(), why);
    check();
  }

  private void check() {
    if (size() > MOST) {
      throw Problem.tooLarge("A call takes at most " + MOST + " positions, got more.");
    }
  }

  private int size() {
    return fixes.size() + refused.size();
  }

  List<Fix> fixes() {
    return fixes;
  }

  /** Why the position at an index is refused. */
  SortedMap<Integer, String> refused() {
    return refused;
  }
}
