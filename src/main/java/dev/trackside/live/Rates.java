package dev.trackside.live;

/**
 * What one connection may bring.
 *
 * @param positionsPerSecond how many positions, as long as it lasts
 * @param burst how many at once
 * @param newRunnersPerMinute how many runners whom nobody has claimed and of whom there is nothing
 * @param loopback whether the first two hold for who connects from this machine, too
 */
public record Rates(int positionsPerSecond, int burst, int newRunnersPerMinute, boolean loopback) {
  public static final Rates USUAL = new Rates(100, 1_000, 1_000, false);
}
