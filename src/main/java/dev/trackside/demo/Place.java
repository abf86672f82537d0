package dev.trackside.demo;

import dev.trackside.track.Earth;

/** A place on the ground; elevation in metres, or NaN where the recording has none. */
record Place(double latDeg, double lonDeg, double altM) {
  boolean isReal() {
    return Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180;
  }

  double metresTo(Place other) {
    return Earth.metres(latDeg, lonDeg, other.latDeg, other.lonDeg);
  }

  /** Degrees clockwise from north, 0 up to 360. */
  double headingTo(Place other) {
    return Earth.headingDeg(latDeg, lonDeg, other.latDeg, other.lonDeg);
  }

  /** The place at {@code part} (0 to 1) of the straight way to another. */
  Place towards(Place other, double part) {
    return new Place(
        latDeg + (other.latDeg - latDeg) * part,
        lonDeg + (other.lonDeg - lonDeg) * part,
        altM + (other.altM - altM) * part);
  }
}
