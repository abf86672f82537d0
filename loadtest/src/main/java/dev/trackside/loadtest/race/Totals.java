package dev.trackside.loadtest.race;

/** The totals of all spectators. For one thread. */
final class Totals {
  private long delivered;
  private long duplicates;
  private long skipped;
  private long lost;
  private long skippedButCame;

  /** Adds a runner's missing positions; below 0, more were announced as skipped than were. */
  void missing(int positions) {
    if (positions > 0) {
      lost += positions;
    } else {
      skippedButCame -= positions;
    }
  }

  void add(DeliveryTracker tracker) {
    delivered += tracker.delivered();
    duplicates += tracker.duplicates();
    skipped += tracker.skipped();
  }

  long delivered() {
    return delivered;
  }

  long duplicates() {
    return duplicates;
  }

  long skipped() {
    return skipped;
  }

  long lost() {
    return lost;
  }

  /** How many positions arrived that were announced as skipped. */
  long skippedButCame() {
    return skippedButCame;
  }
}
