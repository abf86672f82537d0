package dev.trackside.loadtest.race;

/** What the ledgers say together. One thread. */
final class Sum {
  private long delivered;
  private long duplicates;
  private long skipped;
  private long lost;
  private long oversaid;

  /** So many positions of a runner did not come; below 0, more were said to be left out. */
  void missing(int positions) {
    if (positions > 0) {
      lost += positions;
    } else {
      oversaid -= positions;
    }
  }

  void add(Ledger ledger) {
    delivered += ledger.delivered();
    duplicates += ledger.duplicates();
    skipped += ledger.skipped();
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

  /** How many came that had been said to be left out. */
  long oversaid() {
    return oversaid;
  }
}
