package dev.trackside.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A recorded run of 40 km, as long as a marathon takes at one fix a second: 10,800 of them. */
public final class Singapore {
  /** What a phone reports of a moment. */
  public record Moment(long tMs, double lat, double lon, double alt) {
    public String json() {
      return "{\"t\":%d,\"lat\":%s,\"lon\":%s,\"alt\":%s,\"acc\":4}\n"
          .formatted(tMs, lat, lon, alt);
    }
  }

  private static final int FIXES = 10_800;

  private Singapore() {}

  /** The run from some moment on, a fix a second. */
  public static List<Moment> from(long startMs) throws IOException {
    List<double[]> places = places();
    return IntStream.range(0, FIXES)
        .mapToObj(
            i -> {
              double[] place = places.get((int) ((long) i * places.size() / FIXES));
              return new Moment(startMs + i * 1_000L, place[1], place[2], place[3]);
            })
        .toList();
  }

  private static List<double[]> places() throws IOException {
    try (var zipped = Singapore.class.getResourceAsStream("/runs/singapore-40k.csv.gz")) {
      if (zipped == null) {
        throw new FileNotFoundException("the recording is not there");
      }
      var lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(zipped), UTF_8));
      return lines
          .lines()
          .map(line -> Stream.of(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
          .toList();
    }
  }
}
