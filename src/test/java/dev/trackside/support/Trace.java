package dev.trackside.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An answer of {@code /trail} as a page reads it, and the rules that hold for each. */
public record Trace(JsonNode answer, List<NumberedPlace> past, List<NumberedPlace> newest) {
  private static final double METRES_A_DEGREE = 111_195;
  private static final int STEPS = 400;

  /** A place with its number; the altitude is missing where nobody knows it. */
  public record NumberedPlace(long seq, long t, double lat, double lon, @Nullable Double alt) {
    public static NumberedPlace of(JsonNode position) {
      return new NumberedPlace(
          position.path("seq").asLong(),
          position.path("t").asLong(),
          position.path("lat").asDouble(),
          position.path("lon").asDouble(),
          position.has("alt") ? position.path("alt").asDouble() : null);
    }

    boolean isAbout(NumberedPlace other) {
      boolean level =
          alt == null ? other.alt == null : other.alt != null && near(alt, other.alt, 0.5);
      return seq == other.seq
          && t == other.t
          && near(lat, other.lat, 0.51e-7)
          && near(lon, other.lon, 0.51e-7)
          && level;
    }

    private static boolean near(double a, double b, double apart) {
      return Math.abs(a - b) <= apart;
    }
  }

  public static Trace of(JsonNode answer) {
    JsonNode past = answer.path("past");
    var places = new ArrayList<NumberedPlace>();
    long[] sum = new long[5];
    for (int i = 0; i < past.path("seq").size(); i++) {
      sum[0] += past.path("seq").path(i).asLong();
      sum[1] += past.path("t").path(i).asLong();
      sum[2] += past.path("lat").path(i).asLong();
      sum[3] += past.path("lon").path(i).asLong();
      JsonNode alt = past.path("alt").path(i);
      sum[4] += alt.isNull() ? 0 : alt.asLong();
      places.add(
          new NumberedPlace(
              sum[0], sum[1], sum[2] / 1e7, sum[3] / 1e7, alt.isNull() ? null : (double) sum[4]));
    }
    List<NumberedPlace> newest =
        answer.path("newest").valueStream().map(NumberedPlace::of).toList();
    return new Trace(answer, places, newest);
  }

  public long seq() {
    return answer.path("seq").asLong();
  }

  public List<NumberedPlace> all() {
    var all = new ArrayList<>(past);
    all.addAll(newest);
    return all;
  }

  /** Whatever is wrong with it, given what is stored of the present run in the order of moments. */
  public List<String> flaws(List<NumberedPlace> stored) {
    return flaws(stored, 1);
  }

  /**
   * The same of a trail that is drawn more roughly.
   *
   * @param coarser by what 1.5 m and 4 m have grown
   */
  public List<String> flaws(List<NumberedPlace> stored, double coarser) {
    var flaws = new ArrayList<String>();
    Map<Long, NumberedPlace> bySeq = new TreeMap<>();
    stored.forEach(place -> bySeq.put(place.seq, place));
    for (NumberedPlace place : all()) {
      NumberedPlace same = bySeq.get(place.seq);
      if (same == null || !place.isAbout(same)) {
        flaws.add(place + " is not stored: " + same);
      }
    }
    List<NumberedPlace> raw = stored.subList(Math.max(0, stored.size() - 250), stored.size());
    if (!newest.equals(raw)) {
      flaws.add("the newest are not the newest 250");
    }
    if (!stored.isEmpty() && all().getFirst().seq != stored.getFirst().seq) {
      flaws.add("it begins elsewhere");
    }
    long most = stored.stream().mapToLong(NumberedPlace::seq).max().orElse(0);
    if (seq() != most) {
      flaws.add("seq is " + seq() + " and not " + most);
    }
    stored.forEach(place -> checkNear(place, coarser, flaws));
    return flaws;
  }

  /** Some place on the line around its moment is near enough in every direction. */
  private void checkNear(NumberedPlace place, double coarser, List<String> flaws) {
    List<NumberedPlace> line = all();
    boolean around = false;
    for (int i = 1; i < line.size(); i++) {
      NumberedPlace from = line.get(i - 1);
      NumberedPlace to = line.get(i);
      if (from.t <= place.t && place.t <= to.t) {
        around = true;
        for (int step = 0; step <= STEPS; step++) {
          if (isNear(place, from, to, (double) step / STEPS, coarser)) {
            return;
          }
        }
      }
    }
    if (around) {
      flaws.add(place + " is off the line");
    }
  }

  private static boolean isNear(
      NumberedPlace place, NumberedPlace from, NumberedPlace to, double part, double coarser) {
    double wide = METRES_A_DEGREE * Math.cos(Math.toRadians(place.lat));
    double x = (from.lon + part * (to.lon - from.lon) - place.lon) * wide;
    double y = (from.lat + part * (to.lat - from.lat) - place.lat) * METRES_A_DEGREE;
    boolean level =
        place.alt == null
            || from.alt == null
            || to.alt == null
            || Math.abs(from.alt + part * (to.alt - from.alt) - place.alt) <= 4 * coarser;
    return Math.hypot(x, y) <= 1.5 * coarser && level;
  }
}
