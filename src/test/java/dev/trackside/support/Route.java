package dev.trackside.support;

import static java.util.Comparator.comparing;

import io.jenetics.jpx.GPX;
import io.jenetics.jpx.WayPoint;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;

/** A run that somebody has recorded, place by place. */
public final class Route {
  public record Place(double lat, double lon) {}

  private Route() {}

  public static Iterator<Place> bedford() throws IOException {
    try (var gpx = Route.class.getResourceAsStream("/rehearsal/bedford-5k.gpx")) {
      if (gpx == null) {
        throw new FileNotFoundException("the recording is not in the jar");
      }
      List<WayPoint> points =
          GPX.Reader.of(GPX.Reader.Mode.LENIENT)
              .read(gpx)
              .tracks()
              .flatMap(track -> track.segments())
              .flatMap(segment -> segment.points())
              .sorted(comparing(point -> point.getTime().orElseThrow()))
              .toList();
      return points.stream()
          .map(
              point ->
                  new Place(
                      rounded(point.getLatitude().doubleValue()),
                      rounded(point.getLongitude().doubleValue())))
          .iterator();
    }
  }

  /** As fine as the page sends it: a centimetre. */
  private static double rounded(double degrees) {
    return BigDecimal.valueOf(degrees).setScale(7, RoundingMode.HALF_UP).doubleValue();
  }
}
