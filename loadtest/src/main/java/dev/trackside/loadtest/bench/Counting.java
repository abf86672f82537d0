package dev.trackside.loadtest.bench;

/** A spectator who only counts. */
final class Counting extends Ear {
  private final Workload work;
  private final Dialect dialect;
  private final int feed;
  private final Count count;

  /** What all spectators of a round share. */
  static final class Count {
    final Arrivals arrivals = new Arrivals();
    private final Marker marker;
    private final CompactMoments compact = new CompactMoments();
    int ended;

    Count(Workload work) {
      marker = new Marker(work.race() ? Marker.MOMENT : Marker.STAMP);
    }
  }

  Counting(Workload work, Dialect dialect, int feed, Count count) {
    this.work = work;
    this.dialect = dialect;
    this.feed = feed;
    this.count = count;
  }

  int feed() {
    return feed;
  }

  @Override
  String registration() {
    return dialect.registration(work, feed);
  }

  @Override
  boolean compressed() {
    return work.compressed() && dialect == Dialect.TRACKSIDE;
  }

  @Override
  void heard(byte[] bytes, int from, int to) {
    if (bytes[from] == 1 && work.compact()) {
      count.compact.find(bytes, from, to, count.arrivals);
    } else {
      count.marker.find(bytes, from, to, count.arrivals);
    }
  }

  @Override
  void ended() {
    count.ended++;
  }
}
