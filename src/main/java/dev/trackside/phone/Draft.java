package dev.trackside.phone;

import dev.trackside.track.Fix;
import dev.trackside.track.Quoted;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A fix in the making. A measurement that no phone can have made is unknown, and costs nobody his
 * position. Not for several threads.
 */
final class Draft {
  private static final double KMH = 1 / 3.6;
  private static final double KNOTS = 1852.0 / 3600;
  private static final double MPH = 1609.344 / 3600;

  private final double latDeg;
  private final double lonDeg;
  private @Nullable String placeSaid;
  private long tMs = Fix.NO_TIME;
  private @Nullable String timeFlaw;
  private double altM = Fix.UNKNOWN;
  private double accuracyM = Fix.UNKNOWN;
  private double speedMps = Fix.UNKNOWN;
  private double headingDeg = Fix.UNKNOWN;
  private double batteryPercent = Fix.UNKNOWN;

  /** A place; NaN for what is not given. */
  Draft(double latDeg, double lonDeg) {
    this.latDeg = latDeg;
    this.lonDeg = lonDeg;
  }

  /** Sets what was said of the place, which may have been no numbers. */
  Draft placeSaid(@Nullable String text) {
    placeSaid = text;
    return this;
  }

  /** Sets the moment as {@link Moments} understands it. */
  Draft time(@Nullable String text) {
    try {
      tMs = Moments.of(text);
    } catch (IllegalArgumentException e) {
      timeFlaw = e.getMessage();
    }
    return this;
  }

  /** Sets the moment: epoch seconds or milliseconds, or NaN. */
  Draft time(double number) {
    try {
      tMs = Moments.of(number);
    } catch (IllegalArgumentException e) {
      timeFlaw = e.getMessage();
    }
    return this;
  }

  Draft altitude(double metres) {
    altM = within(-12_000, metres, 100_000);
    return this;
  }

  /** Nothing is accurate to 0 metres: that, too, is unknown. */
  Draft accuracy(double metres) {
    accuracyM = metres == 0 ? Fix.UNKNOWN : within(0, metres, 100_000_000);
    return this;
  }

  Draft speedMps(double mps) {
    speedMps = within(0, mps, 100_000);
    return this;
  }

  Draft speedKmh(double kmh) {
    return speedMps(rounded(kmh * KMH));
  }

  /**
   * @param unit as a URL names it: mps, kmh, mph or kn; any other is unknown
   */
  Draft speed(double value, String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "mps" -> speedMps(value);
      case "kmh" -> speedKmh(value);
      case "mph" -> speedMps(rounded(value * MPH));
      case "kn" -> speedMps(rounded(value * KNOTS));
      default -> this;
    };
  }

  /** To the centimetre a second: what is beyond comes from the unit. */
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

  /**
   * @param level 0 to 1
   */
  Draft batteryLevel(double level) {
    return Double.isNaN(level) ? this : battery(Math.round(level * 1000) / 10.0);
  }

  private static double within(double least, double value, double most) {
    return value >= least && value <= most ? value : Fix.UNKNOWN;
  }

  /** Tells the fix, or why it is none. Without any place it is a sign of life. */
  void into(Decoded decoded) {
    if (Double.isNaN(latDeg) && Double.isNaN(lonDeg)) {
      if (placeSaid != null) {
        decoded.junk(Reason.BAD_PLACE, "The place must be numbers, got " + Quoted.of(placeSaid));
      }
      return;
    }
    if (Double.isNaN(latDeg) || Double.isNaN(lonDeg)) {
      String half = Double.isNaN(latDeg) ? "longitude " + lonDeg : "latitude " + latDeg;
      decoded.junk(Reason.BAD_PLACE, "Half a place: " + half + ", and the other is no number.");
    } else if (latDeg == 0 && lonDeg == 0) {
      decoded.junk(Reason.BAD_PLACE, "0, 0 is what phones say that do not know where they are.");
    } else if (timeFlaw != null) {
      decoded.junk(Reason.BAD_TIME, timeFlaw);
    } else {
      try {
        decoded.fix(fix());
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
        Fix.UNKNOWN,
        Fix.UNKNOWN,
        "");
  }
}
