package dev.trackside.intake;

/**
 * How many fixes came from one source, and what became of them. Once nothing is under way, received
 * = accepted + late + duplicate + refused + noRoom.
 *
 * @param refused for want of a right, or of an open run
 * @param noRoom not stored, since the log could not take them
 */
public record Counts(
    long received, long accepted, long late, long duplicate, long refused, long noRoom) {
  /** How many are under way: received, and without a verdict yet. */
  public long underWay() {
    return received - accepted - late - duplicate - refused - noRoom;
  }
}
