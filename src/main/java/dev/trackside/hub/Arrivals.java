package dev.trackside.hub;

import static java.util.Comparator.comparingLong;

import dev.trackside.track.Runner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deliveries that wait to be written. Owned by a lane. */
sealed interface Arrivals {
  void add(Delivery delivery);

  int size();

  /** The waiting deliveries, in {@code seq} order. */
  List<Delivery> pending();

  void remove(Runner runner);

  void clear();

  /** Keeps every delivery: for one runner's channel, or a race's without a pace. */
  final class All implements Arrivals {
    private final List<Delivery> pending = new ArrayList<>();

    @Override
    public void add(Delivery delivery) {
      pending.add(delivery);
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
    public void remove(Runner runner) {
      pending.removeIf(delivery -> delivery.position().runner().equals(runner));
    }

    @Override
    public void clear() {
      pending.clear();
    }
  }

  /** Keeps the newest delivery of each runner: for a paced race, or a slow subscriber. */
  final class NewestOfEach implements Arrivals {
    private static final Comparator<Delivery> BY_SEQ =
        comparingLong(delivery -> delivery.position().seq());

    private final Map<Runner, Delivery> newest = new HashMap<>();

    @Override
    public void add(Delivery delivery) {
      newest.merge(delivery.position().runner(), delivery, Delivery::then);
    }

    @Override
    public void remove(Runner runner) {
      newest.remove(runner);
    }

    /** Removes the deliveries of these runners, and returns them. */
    List<Delivery> take(List<Runner> runners) {
      var taken = new ArrayList<Delivery>();
      for (Runner runner : runners) {
        Delivery one = newest.remove(runner);
        if (one != null) {
          taken.add(one);
        }
      }
      taken.sort(BY_SEQ);
      return taken;
    }

    @Override
    public int size() {
      return newest.size();
    }

    @Override
    public List<Delivery> pending() {
      var pending = new ArrayList<Delivery>(newest.values());
      pending.sort(BY_SEQ);
      return pending;
    }

    @Override
    public void clear() {
      newest.clear();
    }
  }
}
