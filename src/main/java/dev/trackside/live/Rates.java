package dev.trackside.live;

/**
 * How much one connection may bring.
 *
 * @param positionsPerSecond positions, sustained
 * @param burst positions at once
 * @param newRunnersPerMinute unclaimed runners without a position so far
 */
public record Rates(int positionsPerSecond, int burst, int newRunnersPerMinute) {
  public static final Rates USUAL = new Rates(100, 1_000, 1_000);
}
