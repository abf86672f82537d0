package dev.trackside.phone;

import dev.trackside.phone.Junk.Reason;
import dev.trackside.track.Fix;
import dev.trackside.track.Quoted;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A fix in the making. An impossible measurement is unknown, and does not cost the position. For
 * one thread.
 */
final class Draft {
  private static final double KMH = 1 / 3.6;
  private static final double KNOTS = 1852.0 / 3600;
  private static final double MPH = 1609.344 / 3600;

  private final double latDeg;
  private final double lonDeg;
  private @Nullable String placeText;
  private long tMs = Fix.NO_TIME;
  private @Nullable String timeFlaw;
  private double altM = Fix.UNKNOWN;
  private double accuracyM = Fix.UNKNOWN;
  private double speedMps = Fix.UNKNOWN;
  private double headingDeg = Fix.UNKNOWN;
  private double batteryPercent = Fix.UNKNOWN;
  private double heartRateBpm = Fix.UNKNOWN;
  private double queue = Fix.UNKNOWN;

  /** A fix at a place; NaN for a coordinate that is missing. */
  Draft(double latDeg, double lonDeg) {
    this.latDeg = latDeg;
    this.lonDeg = lonDeg;
  }

  /** Sets the text of the place, which may not have been numbers. */
  Draft placeText(@Nullable String text) {
    placeText = text;
    return this;
  }

  /** Sets the time, as {@link Moments} finds it. */
  Draft time(FormFields fields) {
    try {
      tMs = Moments.of(fields);
    } catch (IllegalArgumentException e) {
      timeFlaw = e.getMessage();
    }
    return this;
  }

  Draft altitude(double metres) {
    altM = within(-12_000, metres, 100_000);
    return this;
  }

  /** Sets the accuracy; 0 is unknown, since nothing is that accurate. */
  Draft accuracy(double metres) {
    accuracyM = metres == 0 ? Fix.UNKNOWN : within(0, metres, 100_000_000);
    return this;
  }

  /** Sets the speed, unless it is NaN. */
  Draft speedMps(double mps) {
    speedMps = Double.isNaN(mps) ? speedMps : within(0, mps, 100_000);
    return this;
  }

  /** Sets the speed in mps, kmh, mph or kn; in any other unit it is unknown. */
  Draft speed(double value, String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "mps" -> speedMps(value);
      case "kmh" -> speedMps(rounded(value * KMH));
      case "mph" -> speedMps(rounded(value * MPH));
      case "kn" -> speedMps(rounded(value * KNOTS));
      default -> this;
    };
  }

  /** Rounds to cm/s: further digits come from the unit. */
  private static double rounded(double mps) {
    return Double.isNaN(mps) ? Fix.UNKNOWN : Math.round(mps * 100) / 100.0;
  }

  Draft heading(double degrees) {
    headingDeg = within(0, degrees, 360);
    return this;
  }

  Draft battery(double percent) {
    batteryPercent = within(0, percent, 100);
    return this;
  }

  /** Sets the battery to a level from 0 to 1. */
  Draft batteryLevel(double level) {
    return Double.isNaN(level) ? this : battery(Math.round(level * 1000) / 10.0);
  }

  Draft heartRate(double bpm) {
    heartRateBpm = within(0, bpm, 300);
    return this;
  }

  Draft queue(double fixes) {
    queue = within(0, fixes, 1_000_000_000);
    return this;
  }

  private static double within(double least, double value, double most) {
    return value >= least && value <= most ? value : Fix.UNKNOWN;
  }

  /**
   * Adds the fix, or why it is junk. A time that cannot be read is noted, and does not cost the
   * place. A message without a place is a sign of life.
   */
  void into(Decoded decoded) {
    if (Double.isNaN(latDeg) && Double.isNaN(lonDeg)) {
      if (placeText != null) {
        decoded.junk(Reason.BAD_PLACE, "The place must be numbers, got " + Quoted.of(placeText));
      }
    } else if (Double.isNaN(latDeg) || Double.isNaN(lonDeg)) {
      String half = Double.isNaN(latDeg) ? "longitude " + lonDeg : "latitude " + latDeg;
      decoded.junk(Reason.BAD_PLACE, "The place must be two numbers, got only " + half);
    } else if (latDeg == 0 && lonDeg == 0) {
      decoded.junk(
          Reason.BAD_PLACE, "0, 0 is what phones send when they do not know where they are.");
    } else {
      try {
        decoded.fix(fix());
        if (timeFlaw != null) {
          decoded.note(
              Reason.BAD_TIME, timeFlaw + ". The position gets the time at which it came.");
        }
      } catch (IllegalArgumentException e) {
        decoded.junk(Reason.BAD_PLACE, String.valueOf(e.getMessage()));
      }
    }
  }

  private Fix fix() {
    return new Fix(
        tMs,
        latDeg,
        lonDeg,
        altM,
        accuracyM,
        speedMps,
        headingDeg,
        batteryPercent,
        heartRateBpm,
        queue,
        "");
  }
}
