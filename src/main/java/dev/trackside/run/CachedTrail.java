package dev.trackside.run;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.util.ArrayList;
import java.util.List;

/**
 * A trail that is kept, and goes on with what arrives. It is valid as long as the log has its
 * oldest position. One thread at a time may change it; any may read it.
 */
final class CachedTrail {
  /** What finds a position in the log. */
  private record Place(long seq, long tMs) {}

  private static final PointList NOTHING = new PointList();

  private final Runner runner;
  private final Outline outline = new Outline();

  /** Tells which of the older positions are no errors, and so belong on the map. */
  private final Movement movement = new Movement();

  /** The last one, if the next has to tell of it. */
  private PointList held = NOTHING;

  /** The first to arrive. The log drops positions in this order, so it has the others too. */
  private volatile Place oldest = new Place(Long.MAX_VALUE, 0);

  private volatile Trail trail = Trail.NONE;
  private long newestSeq;
  private List<Position> newest = List.of();

  CachedTrail(Runner runner) {
    this.runner = runner;
  }

  /** The trail as it was when it was changed last. */
  Trail trail() {
    return trail;
  }

  /** Whether the log still has all of it. May wait for the log. */
  boolean isIn(TrackReader log) {
    Place place = oldest;
    List<Position> found = log.between(runner, place.tMs, place.seq - 1, place.tMs, 1);
    return !found.isEmpty() && found.getFirst().seq() == place.seq;
  }

  /** Whether nothing has arrived since. May wait for the log. */
  boolean isUpToDate(TrackReader log) {
    return log.after(new Feed.One(runner), trail.seq(), 1) instanceof Page.Next(var later)
        && later.isEmpty();
  }

  /** Adds older positions of a run, before its newest; ordered by moment. */
  void add(PointList points) {
    for (int i = 0; i < points.size; i++) {
      draw(points, i);
      note(points.seq[i], points.tMs[i]);
    }
  }

  private void draw(PointList points, int i) {
    double latDeg = points.latE7[i] / Points.E7;
    double lonDeg = points.lonE7[i] / Points.E7;
    Movement.Says says = movement.add(latDeg, lonDeg, points.tMs[i], points.accuracyM[i]);
    if (says == Movement.Says.HALO) {
      return;
    }
    points.wayM[i] = (int) Math.round(movement.metres());
    if (says == Movement.Says.CONFIRMS || says == Movement.Says.GOES_ON) {
      held.wayM[0] = points.wayM[i];
      outline.add(held, 0);
    }
    if (says == Movement.Says.NEAR || says == Movement.Says.CONFIRMS) {
      held = NOTHING;
      outline.add(points, i);
    } else {
      held = new PointList();
      held.add(points, i, 0);
    }
  }

  private void note(long seq, long tMs) {
    newestSeq = Math.max(newestSeq, seq);
    if (seq < oldest.seq) {
      oldest = new Place(seq, tMs);
    }
  }

  /** Goes on with the newest positions, ordered by moment. */
  void finish(List<Position> positions) {
    positions.forEach(position -> note(position.seq(), position.tMs()));
    int old = Math.max(0, positions.size() - Trail.RAW);
    var past = new PointList();
    positions.subList(0, old).forEach(past::add);
    add(past);
    newest = List.copyOf(positions.subList(old, positions.size()));
    PointList last = movement.isAway() ? held : NOTHING;
    if (last.size > 0) {
      last.wayM[0] = (int) Math.round(movement.metresSoFar());
    }
    trail = new Trail(newestSeq, outline.until(newest.getFirst(), last), newest);
  }

  /**
   * Goes on with what has arrived since, in the order of arrival. Returns false, and changes
   * nothing, if something belongs before the newest positions or follows a silence.
   */
  boolean goOn(List<Position> arrived) {
    var all = new ArrayList<>(newest);
    all.addAll(arrived);
    all.sort(Position.BY_TIME);
    if (all.getFirst().seq() != newest.getFirst().seq()) {
      return false;
    }
    for (int i = 1; i < all.size(); i++) {
      if (all.get(i).tMs() - all.get(i - 1).tMs() >= Runs.SILENCE_MS) {
        return false;
      }
    }
    finish(all);
    return true;
  }
}
