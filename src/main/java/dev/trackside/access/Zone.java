package dev.trackside.access;

/**
 * A hidden area around the start or the end of a run. It is not centred on the place itself, which
 * the ends of many trails would otherwise give away. Immutable.
 *
 * @param latDeg the centre, WGS84 degrees
 * @param lonDeg the centre, WGS84 degrees
 * @param slackM the most metres between the centre and the place
 */
public record Zone(double latDeg, double lonDeg, int slackM) {}
