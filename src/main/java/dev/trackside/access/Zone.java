package dev.trackside.access;

/**
 * Where somebody's run begins or ends, and nobody else shall see it. The centre is not the place
 * itself: who sees where many trails break off could work it out. Immutable.
 *
 * @param latDeg the centre, WGS84 degrees
 * @param lonDeg the centre, WGS84 degrees
 * @param slackM how far the place is from the centre at most, metres
 */
public record Zone(double latDeg, double lonDeg, int slackM) {}
