package dev.trackside.run;

import dev.trackside.track.Earth;
import org.jspecify.annotations.Nullable;

/**
 * Tells movement from the errors of satellites and networks: the rule of docs/protocol.md,
 * "Movement", which the pages have as {@code shared/movement.js}. Takes fixes in the order of their
 * moments, and keeps the same few numbers however many they are. For one thread at a time.
 */
public final class Movement {
  /** What a fix says. */
  public enum Says {
    /** The runner is where they were. */
    NEAR,
    /** Nothing: it is too inaccurate. */
    HALO,
    /** The runner may be elsewhere; the next fixes tell. */
    AWAY,
    /** The one that was away is right, and the runner is there. */
    CONFIRMS,
    /** The one that was away is right, and this one is away from it. */
    GOES_ON
  }

  private static final double STEP_M = 15;
  private static final double COARSE_M = 100;
  private static final double USUAL_M = 10;
  private static final double DRAWN_M = 30;
  private static final double RUNNING_MPS = 12.5;
  private static final double DRIVING_MPS = 40;
  private static final double SLACK_M = 30;
  private static final double WIDEST = 2.5;
  private static final double JITTERS = 2;
  private static final double DRIFT_MPS = 0.1;
  private static final int FEW = 3;
  private static final int MANY = 30;
  private static final int LOST = 5;
  private static final int AGREES = 4;
  private static final double LEG_M = 8;
  private static final double ROUNDABOUT = 2;

  /** What counts of a fix. */
  private record Spot(double latDeg, double lonDeg, long tMs, double radiusM) {
    boolean isCoarse() {
      return radiusM > COARSE_M;
    }

    double metresTo(Spot other) {
      return Earth.metres(latDeg, lonDeg, other.latDeg, other.lonDeg);
    }

    /** Whether somebody can have gone to the other at a speed. */
    boolean reaches(Spot other, double mps) {
      double secondsBetween = (other.tMs - tMs) / 1e3;
      return metresTo(other) <= radiusM + other.radiusM + SLACK_M + mps * secondsBetween;
    }
  }

  private static final Spot NOWHERE = new Spot(0, 0, 0, 0);

  private double metres;
  private boolean jumped;

  /** The first fix where the runner is now, and the mean of all that are near. */
  private Spot first = NOWHERE;

  private int count;
  private double northDeg;
  private double eastDeg;
  private double bestM;
  private double jitterM;

  /** The last of the legs at the place, and their length. */
  private Spot turn = NOWHERE;

  private double legsM;
  private Direction direction = Direction.NONE;
  private Spot seen = NOWHERE;
  private @Nullable Spot away;
  private int lost;

  /** The same state, on its own. */
  Movement copy() {
    var copy = new Movement();
    copy.metres = metres;
    copy.jumped = jumped;
    copy.first = first;
    copy.count = count;
    copy.northDeg = northDeg;
    copy.eastDeg = eastDeg;
    copy.bestM = bestM;
    copy.jitterM = jitterM;
    copy.turn = turn;
    copy.legsM = legsM;
    copy.direction = direction;
    copy.seen = seen;
    copy.away = away;
    copy.lost = lost;
    return copy;
  }

  /** The way that is certain so far, in metres. */
  double metres() {
    return metres;
  }

  /** The way with the last fix that is away, if the runner can have got there, in metres. */
  double metresSoFar() {
    Spot there = away;
    return there != null && isAway() ? metres + wayM(there, centre()) : metres;
  }

  /** Whether the last way was too fast for anybody: it has no length, and is not drawn. */
  public boolean jumped() {
    return jumped;
  }

  /** Whether the last fix is away, and the runner can have got there. */
  public boolean isAway() {
    Spot there = away;
    return there != null && !there.isCoarse() && seen.reaches(there, RUNNING_MPS);
  }

  /** Whether the last fix is away, and somebody can have driven there. */
  boolean mayBeAway() {
    Spot there = away;
    return there != null && seen.reaches(there, DRIVING_MPS);
  }

  /** When the runner came to where they are now, epoch milliseconds. */
  long sinceMs() {
    return first.tMs;
  }

  /** How far the place where the runner is now is from another, in metres. */
  double metresFrom(double latDeg, double lonDeg) {
    return Earth.metres(latDeg, lonDeg, first.latDeg, first.lonDeg);
  }

  /** The first fix where the runner is now: latitude in degrees. */
  double latDeg() {
    return first.latDeg;
  }

  /** The first fix where the runner is now: longitude in degrees. */
  double lonDeg() {
    return first.lonDeg;
  }

  /** The last fix where the runner is now: latitude in degrees. */
  double seenLatDeg() {
    return seen.latDeg;
  }

  /** The last fix where the runner is now: longitude in degrees. */
  double seenLonDeg() {
    return seen.lonDeg;
  }

  /** Its radius in metres. */
  double radiusM() {
    return seen.radiusM;
  }

  /**
   * Takes the next fix.
   *
   * @param accuracyM its radius, or NaN
   */
  public Says add(double latDeg, double lonDeg, long tMs, double accuracyM) {
    jumped = false;
    var fix = new Spot(latDeg, lonDeg, tMs, Double.isNaN(accuracyM) ? USUAL_M : accuracyM);
    if (count == 0) {
      return settle(fix, Says.NEAR);
    }
    double leastM = Math.max(reachM(fix.radiusM), reachM(bestM));
    Spot centre = centre();
    double offM = centre.metresTo(fix);
    return offM <= widenedM(leastM, tMs) ? stay(fix, offM, centre) : leave(fix, leastM, centre);
  }

  /**
   * Takes the next fix, of which somebody who knows more has told the way until its place. As long
   * as that is the same, it is the same place.
   */
  public void resume(double latDeg, double lonDeg, long tMs, int wayM) {
    var fix = new Spot(latDeg, lonDeg, tMs, USUAL_M);
    jumped = count > 0 && !seen.reaches(fix, DRIVING_MPS);
    if (count > 0 && metres == wayM) {
      settled(fix, Says.NEAR);
    } else {
      metres = wayM;
      settle(fix, Says.NEAR);
    }
  }

  /** How far a fix must be off to be elsewhere. Networks err by far more than they say. */
  private static double reachM(double radiusM) {
    return Math.max(STEP_M, radiusM <= COARSE_M ? radiusM : 3 * radiusM - 2 * COARSE_M);
  }

  private Spot centre() {
    return new Spot(
        first.latDeg + northDeg / count, first.lonDeg + eastDeg / count, first.tMs, bestM);
  }

  /** A place is wider than the least when its fixes scatter, and the longer the runner is there. */
  private double widenedM(double leastM, long tMs) {
    if (count < 2) {
      return leastM;
    }
    double scatterM = count < FEW ? 0 : JITTERS * jitterM;
    double driftM = leastM + DRIFT_MPS * (tMs - first.tMs) / 1e3;
    return Math.min(WIDEST * leastM, Math.max(leastM, Math.max(scatterM, driftM)));
  }

  private Says stay(Spot fix, double offM, Spot centre) {
    if (fix.isCoarse()) {
      return Says.HALO;
    }
    if (bestM > COARSE_M) {
      return settle(fix, Says.NEAR);
    }
    Spot there = away;
    if (there != null && wasThere(there, fix, centre)) {
      return goOn(there, fix, centre);
    }
    settled(fix, Says.NEAR);
    walk(fix);
    return offM <= DRAWN_M ? Says.NEAR : Says.HALO;
  }

  /** Whether there was time to go to the fix that is away, and back. */
  private boolean wasThere(Spot there, Spot fix, Spot centre) {
    double thereM = centre.metresTo(there);
    return !there.isCoarse()
        && thereM > 4 * reachM(there.radiusM)
        && 2 * thereM <= RUNNING_MPS * (fix.tMs - seen.tMs) / 1e3;
  }

  private Says leave(Spot fix, double leastM, Spot centre) {
    Spot there = away;
    boolean can = seen.reaches(fix, RUNNING_MPS);
    if (fix.isCoarse() && ((there != null && !there.isCoarse()) || !can)) {
      return Says.HALO;
    }
    if (there != null && (fix.isCoarse() || !there.isCoarse())) {
      double apartM = there.metresTo(fix);
      if (apartM <= leastM) {
        move(there, centre);
        settled(fix, Says.CONFIRMS);
        walk(fix);
        return Says.CONFIRMS;
      }
      boolean could = seen.reaches(there, RUNNING_MPS);
      boolean agree = AGREES * apartM <= centre.metresTo(fix);
      if ((could && !can) || (there.reaches(fix, DRIVING_MPS) && (could || !can || agree))) {
        return goOn(there, fix, centre);
      }
    }
    if (++lost >= LOST) {
      jumped = true;
      return settle(fix, Says.NEAR);
    }
    away = fix;
    return Says.AWAY;
  }

  private Says goOn(Spot there, Spot fix, Spot centre) {
    move(there, centre);
    away = fix;
    return Says.GOES_ON;
  }

  /** Moves the runner to a fix that is away. */
  private void move(Spot there, Spot centre) {
    jumped = !seen.reaches(there, DRIVING_MPS);
    if (!jumped) {
      metres += wayM(there, centre);
      direction = direction.after(turn.latDeg, turn.lonDeg, there.latDeg, there.lonDeg);
    }
    settle(there, Says.NEAR);
  }

  /** The way from the place to a fix: by the legs, unless they go back and forth. */
  private double wayM(Spot there, Spot centre) {
    double straightM = first.metresTo(centre) + centre.metresTo(there);
    double byLegsM = legsM + turn.metresTo(there);
    return byLegsM > ROUNDABOUT * straightM ? straightM : Math.max(straightM, byLegsM);
  }

  private Says settle(Spot fix, Says says) {
    first = fix;
    count = 0;
    northDeg = 0;
    eastDeg = 0;
    bestM = fix.radiusM;
    jitterM = 0;
    turn = fix;
    legsM = 0;
    return settled(fix, says);
  }

  private Says settled(Spot fix, Says says) {
    if (count > 0) {
      jitterM += (seen.metresTo(fix) - jitterM) / Math.min(count, MANY);
    }
    count++;
    northDeg += fix.latDeg - first.latDeg;
    eastDeg += Math.IEEEremainder(fix.lonDeg - first.lonDeg, 360);
    bestM = Math.min(bestM, fix.radiusM);
    seen = fix;
    away = null;
    lost = 0;
    return says;
  }

  /** Goes a leg within the place. Legs that go on are a way, and lead to another place. */
  private void walk(Spot fix) {
    double legM = turn.metresTo(fix);
    if (legM < Math.max(LEG_M, Math.max(fix.radiusM, JITTERS * jitterM))) {
      return;
    }
    direction = direction.after(turn.latDeg, turn.lonDeg, fix.latDeg, fix.lonDeg);
    turn = fix;
    legsM += legM;
    if (direction.isSteady()) {
      metres += legsM;
      settle(fix, Says.NEAR);
    }
  }
}
