package dev.trackside.loadtest.bench;

/** A spectator's client that only counts. */
final class CountingClient extends Client {
  private final Workload work;
  private final Protocol protocol;
  private final int feed;
  private final Count count;

  /** What all clients of a round share. */
  static final class Count {
    final Arrivals arrivals = new Arrivals();
    private final Probe probe;
    private final CompactProbe compact = new CompactProbe();
    int ended;

    Count(Workload work) {
      probe = new Probe(work.race() ? Probe.MOMENT : Probe.STAMP);
    }
  }

  CountingClient(Workload work, Protocol protocol, int feed, Count count) {
    this.work = work;
    this.protocol = protocol;
    this.feed = feed;
    this.count = count;
  }

  int feed() {
    return feed;
  }

  @Override
  String registration() {
    return protocol.registration(work, feed);
  }

  @Override
  boolean compressed() {
    return work.compressed() && protocol == Protocol.TRACKSIDE;
  }

  @Override
  void message(byte[] bytes, int from, int to) {
    if (bytes[from] == 1 && work.compact()) {
      count.compact.find(bytes, from, to, count.arrivals);
    } else {
      count.probe.find(bytes, from, to, count.arrivals);
    }
  }

  @Override
  void ended() {
    count.ended++;
  }
}
