package dev.trackside.hub;

import static java.util.Comparator.comparingLong;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has arrived for an audience and not left yet. Owned by a lane. */
sealed interface Arrivals {
  void add(Position position);

  int size();

  /** What waits, in {@code seq} order. */
  List<Delivery> pending();

  /** The number of the newest position that waits. */
  long newestSeq();

  void clear();

  /** Every position, as the followers of one runner get it, or of an unpaced race. */
  final class All implements Arrivals {
    private final List<Delivery> pending = new ArrayList<>();
    private long newestSeq;

    @Override
    public void add(Position position) {
      pending.add(Delivery.of(position));
      newestSeq = position.seq();
    }

    @Override
    public int size() {
      return pending.size();
    }

    @Override
    public List<Delivery> pending() {
      return pending;
    }

    @Override
    public long newestSeq() {
      return newestSeq;
    }

    @Override
    public void clear() {
      pending.clear();
    }
  }

  /** The newest position of each runner, as the followers of a paced race get it. */
  final class NewestOfEach implements Arrivals {
    private final Map<Runner, Delivery> newest = new HashMap<>();
    private long newestSeq;

    @Override
    public void add(Position position) {
      newest.merge(position.runner(), Delivery.of(position), Delivery::then);
      newestSeq = position.seq();
    }

    @Override
    public int size() {
      return newest.size();
    }

    @Override
    public List<Delivery> pending() {
      var pending = new ArrayList<Delivery>(newest.values());
      pending.sort(comparingLong(delivery -> delivery.position().seq()));
      return pending;
    }

    @Override
    public long newestSeq() {
      return newestSeq;
    }

    @Override
    public void clear() {
      newest.clear();
    }
  }
}
