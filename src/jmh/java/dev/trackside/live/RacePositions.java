package dev.trackside.live;

import dev.trackside.hub.Delivery;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Positions of a race as phones report them. */
final class RacePositions {
  static final int RUNNERS = 500;
  private static final long START_MS = 1_795_327_520_000L;

  private RacePositions() {}

  /** So many, a place on the course each, none with the number of another. */
  static List<Delivery> positions(int count) {
    var random = new Random(3);
    return IntStream.range(0, count).mapToObj(i -> delivery(i, random)).toList();
  }

  private static Delivery delivery(int i, Random random) {
    int bib = 1 + random.nextInt(RUNNERS);
    long tMs = START_MS + 2L * i - random.nextInt(1_500);
    var fix =
        new Fix(
            tMs,
            tenths(52.5 + bib / 5e4, 7, random),
            tenths(13.4 + bib / 3e4, 7, random),
            tenths(34, 1, random),
            tenths(4, 1, random),
            tenths(3, 2, random),
            tenths(270, 1, random),
            Fix.UNKNOWN,
            Fix.UNKNOWN,
            Fix.UNKNOWN,
            "");
    var position = new Position(new Runner("berlin/" + bib), START_MS + i, tMs, tMs, false, fix, 0);
    return new Delivery(position, 0, 0);
  }

  /** The value and a little more, with so many decimals. */
  private static double tenths(double value, int decimals, Random random) {
    double units = Math.pow(10, decimals);
    return Math.round((value + random.nextDouble() / 10) * units) / units;
  }
}
