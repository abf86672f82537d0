package dev.trackside.live;

/**
 * What one connection may bring.
 *
 * @param positionsPerSecond how many positions, as long as it lasts
 * @param burst how many at once
 * @param newRunnersPerMinute how many runners whom nobody has claimed and of whom there is nothing
 */
public record Rates(int positionsPerSecond, int burst, int newRunnersPerMinute) {
  public static final Rates USUAL = new Rates(100, 1_000, 1_000);
}
