package dev.trackside.loadtest.race;

import io.jenetics.jpx.GPX;
import io.jenetics.jpx.Length;
import io.jenetics.jpx.WayPoint;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A recorded run as an endless lap: from its end the runner goes straight back to its start, at the
 * run's average speed. Immutable.
 */
final class Recording {
  /** Speed and heading are measured from so long before to so long after. */
  private static final double WINDOW_SECONDS = 4;

  private static final double STANDING_METRES = 1;

  /** Place, speed and heading of the runner; the heading is NaN at a standstill. */
  record Moment(Place place, double speedMps, double headingDeg) {}

  private final double[] seconds;
  private final Place[] places;

  private Recording(List<WayPoint> fixes) {
    int count = fixes.size();
    seconds = new double[count + 1];
    places = new Place[count + 1];
    Instant start = timeOf(fixes.getFirst());
    double sum = 0;
    for (int i = 0; i < count; i++) {
      seconds[i] = Duration.between(start, timeOf(fixes.get(i))).toMillis() / 1000.0;
      places[i] = placeOf(fixes.get(i));
      sum += i == 0 ? 0 : places[i - 1].metresTo(places[i]);
    }
    double wayBack = places[count - 1].metresTo(places[0]);
    double averageMps = sum / seconds[count - 1];
    if (!(averageMps > 0)) {
      throw new IllegalArgumentException("a recording must hold a run, got one that stands still");
    }
    seconds[count] = seconds[count - 1] + Math.max(1, wayBack / averageMps);
    places[count] = places[0];
  }

  /**
   * Reads the tracks of a GPX file, without fixes that have no time or no valid place or are out of
   * order.
   *
   * @throws IllegalArgumentException when fewer than two fixes are left
   */
  static Recording read(InputStream gpx) throws IOException {
    var fixes = new ArrayList<WayPoint>();
    GPX.Reader.of(GPX.Reader.Mode.LENIENT)
        .read(gpx)
        .tracks()
        .flatMap(track -> track.segments())
        .flatMap(segment -> segment.points())
        .filter(fix -> fix.getTime().isPresent() && placeOf(fix).isReal())
        .filter(fix -> fixes.isEmpty() || timeOf(fix).isAfter(timeOf(fixes.getLast())))
        .forEachOrdered(fixes::add);
    if (fixes.size() < 2) {
      throw new IllegalArgumentException(
          "a recording must hold two fixes with a time, got " + fixes.size());
    }
    return new Recording(fixes);
  }

  private static Instant timeOf(WayPoint fix) {
    return fix.getTime().orElseThrow();
  }

  private static Place placeOf(WayPoint fix) {
    double altM = fix.getElevation().map(Length::doubleValue).orElse(Double.NaN);
    return new Place(fix.getLatitude().doubleValue(), fix.getLongitude().doubleValue(), altM);
  }

  double lapSeconds() {
    return seconds[seconds.length - 1];
  }

  /** The runner's moment so many seconds after the start, which may be beyond the lap. */
  Moment at(double second) {
    Place before = place(second - WINDOW_SECONDS);
    Place after = place(second + WINDOW_SECONDS);
    double wayM = before.metresTo(after);
    double headingDeg = wayM < STANDING_METRES ? Double.NaN : before.headingTo(after);
    return new Moment(place(second), wayM / (2 * WINDOW_SECONDS), headingDeg);
  }

  private Place place(double second) {
    double inLap = second - Math.floor(second / lapSeconds()) * lapSeconds();
    int low = 0;
    int high = seconds.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (seconds[middle] <= inLap) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double part = (inLap - seconds[low]) / (seconds[high] - seconds[low]);
    return places[low].towards(places[high], part);
  }
}
