package dev.trackside.support;

import dev.trackside.track.Fix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

/** Where somebody is at a second, in metres from a place, as a phone reports it. */
public interface Way {
  double LAT_DEG = 52;
  double LON_DEG = 13;

  /** What a phone reports. */
  record Spot(double eastM, double northM, double accuracyM) {}

  Spot at(int second);

  static Way standsAt(double eastM, double northM) {
    return _ -> new Spot(eastM, northM, Double.NaN);
  }

  static Way rests() {
    return standsAt(0, 0);
  }

  static Way straight(double mps) {
    return second -> new Spot(second * mps, 0, Double.NaN);
  }

  static Way laps(double lapM, double mps) {
    double radius = lapM / 2 / Math.PI;
    return second -> {
      double turn = second * mps / radius;
      return new Spot(radius * Math.cos(turn), radius * Math.sin(turn), Double.NaN);
    };
  }

  /**
   * The same way with errors as satellites make them.
   *
   * @param errorM the standard deviation, east and north
   * @param secondsAlike how long an error lasts; 0 if each fix has its own
   * @param accuracyM what the phone says of its accuracy, or NaN
   */
  default Way with(double errorM, double secondsAlike, double accuracyM) {
    var random = new Random(7);
    double[] error = {random.nextGaussian() * errorM, random.nextGaussian() * errorM};
    int[] before = {0};
    return second -> {
      double same = secondsAlike == 0 ? 0 : Math.exp(-Math.abs(before[0] - second) / secondsAlike);
      before[0] = second;
      for (int i = 0; i < 2; i++) {
        error[i] = same * error[i] + Math.sqrt(1 - same * same) * random.nextGaussian() * errorM;
      }
      Spot spot = at(second);
      return new Spot(spot.eastM + error[0], spot.northM + error[1], accuracyM);
    };
  }

  /** The same way but for some seconds, which another tells of. */
  default Way and(IntPredicate seconds, Way other) {
    return second -> seconds.test(second) ? other.at(second) : at(second);
  }

  /** The same way with a rest between two seconds. */
  default Way pausing(int from, int to) {
    return second -> at(second < from ? second : Math.max(from, second - (to - from)));
  }

  default Fix at(long beginMs, int second) {
    Spot spot = at(second);
    double metresADegree = 111_195;
    double not = Fix.UNKNOWN;
    return new Fix(
        beginMs + second * 1_000L,
        LAT_DEG + spot.northM / metresADegree,
        LON_DEG + spot.eastM / metresADegree / Math.cos(Math.toRadians(LAT_DEG)),
        not,
        spot.accuracyM,
        not,
        not,
        not,
        not,
        not,
        "");
  }

  /** The fixes of some time, one each so many seconds. */
  default List<Fix> fixes(long beginMs, int seconds, int everySeconds) {
    var fixes = new ArrayList<Fix>();
    for (int second = 0; second < seconds; second += everySeconds) {
      fixes.add(at(beginMs, second));
    }
    return fixes;
  }
}
