package dev.trackside.track;

/**
 * What a phone claims about one moment: untrusted, unordered, possibly a duplicate. Measurements
 * that the sender did not give are {@link #UNKNOWN}. Immutable.
 *
 * @param tMs the time given by the sender, epoch milliseconds after 0, however wrong their clock is
 *     ({@link PhoneClock}), or {@link #NO_TIME}
 * @param latDeg latitude, WGS84 degrees, −90 to 90
 * @param lonDeg longitude, WGS84 degrees, −180 to 180
 * @param altM altitude in metres
 * @param accuracyM accuracy as a radius in metres, 0 or more
 * @param speedMps speed over ground in metres per second, 0 or more
 * @param headingDeg direction of travel, degrees clockwise from north, 0 to 360
 * @param batteryPercent 0 to 100
 * @param heartRateBpm beats per minute, 0 to 300
 * @param queue the number of fixes the phone has still to send, 0 or more
 * @param extras other members as the sender wrote them, JSON without the braces, possibly empty
 */
public record Fix(
    long tMs,
    double latDeg,
    double lonDeg,
    double altM,
    double accuracyM,
    double speedMps,
    double headingDeg,
    double batteryPercent,
    double heartRateBpm,
    double queue,
    String extras) {
  public static final long NO_TIME = Long.MIN_VALUE;

  public static final double UNKNOWN = Double.NaN;

  /** 2000-01-01: no right clock gives an older time. */
  public static final long OLDEST_MS = 946_684_800_000L;

  /** The longest {@link #extras}, in bytes. */
  public static final int EXTRAS_BYTES = 512;

  /**
   * @throws IllegalArgumentException if a value is out of range; the message names both
   */
  public Fix {
    if (tMs != NO_TIME && tMs <= 0) {
      throw new IllegalArgumentException("t must be after 1970-01-01, got " + tMs + " ms");
    }
    given("lat", latDeg, -90, 90);
    given("lon", lonDeg, -180, 180);
    ifKnown("alt", altM, -12_000, 100_000);
    ifKnown("acc", accuracyM, 0, 100_000_000);
    ifKnown("speed", speedMps, 0, 100_000);
    ifKnown("heading", headingDeg, 0, 360);
    ifKnown("battery", batteryPercent, 0, 100);
    ifKnown("hr", heartRateBpm, 0, 300);
    ifKnown("queue", queue, 0, 1_000_000_000);
    latDeg += 0.0; // −0 becomes 0, and is written so
    lonDeg += 0.0;
    altM += 0.0;
    accuracyM += 0.0;
    speedMps += 0.0;
    headingDeg += 0.0;
    batteryPercent += 0.0;
    heartRateBpm += 0.0;
    queue += 0.0;
  }

  public boolean hasTime() {
    return tMs != NO_TIME;
  }

  private static void given(String name, double value, int least, int most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + ", got " + value);
    }
  }

  private static void ifKnown(String name, double value, int least, int most) {
    if (!Double.isNaN(value)) {
      given(name, value, least, most);
    }
  }
}
