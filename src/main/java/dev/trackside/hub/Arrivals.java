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
  List<Sighting> pending();

  /** The number of the newest position that waits. */
  long newestSeq();

  void clear();

  /** Takes note of a position that spectators have had from the log. */
  void past(Position position);

  void forget(Runner runner);

  /** Every position, as the followers of one runner get it, or of an unpaced race. */
  final class All implements Arrivals {
    private final List<Sighting> pending = new ArrayList<>();
    private final Map<Runner, Long> newest = new HashMap<>(2);
    private long newestSeq;

    @Override
    public void add(Position position) {
      Long since = newest.put(position.runner(), position.seq());
      pending.add(new Sighting(position, 0, since == null ? 0 : since));
      newestSeq = position.seq();
    }

    @Override
    public int size() {
      return pending.size();
    }

    @Override
    public List<Sighting> pending() {
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

    @Override
    public void past(Position position) {
      newest.putIfAbsent(position.runner(), position.seq());
    }

    @Override
    public void forget(Runner runner) {
      newest.remove(runner);
    }
  }

  /** The newest position of each runner, as the followers of a paced race get it. */
  final class NewestOfEach implements Arrivals {
    private final Map<Runner, Sighting> newest = new HashMap<>();
    private final Map<Runner, Long> left = new HashMap<>();
    private long newestSeq;

    @Override
    public void add(Position position) {
      Long since = left.get(position.runner());
      var sighting = new Sighting(position, 0, since == null ? 0 : since);
      Sighting before = newest.get(position.runner());
      newest.put(position.runner(), before == null ? sighting : before.then(sighting));
      newestSeq = position.seq();
    }

    @Override
    public int size() {
      return newest.size();
    }

    @Override
    public List<Sighting> pending() {
      var pending = new ArrayList<Sighting>(newest.values());
      pending.sort(comparingLong(sighting -> sighting.position().seq()));
      return pending;
    }

    @Override
    public long newestSeq() {
      return newestSeq;
    }

    @Override
    public void clear() {
      newest.forEach((runner, sighting) -> left.put(runner, sighting.position().seq()));
      newest.clear();
    }

    @Override
    public void past(Position position) {
      left.putIfAbsent(position.runner(), position.seq());
    }

    @Override
    public void forget(Runner runner) {
      left.remove(runner);
    }
  }
}
