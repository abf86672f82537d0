package dev.trackside.access;

/**
 * What a runner hides from everyone without their key.
 *
 * @param maskM the metres hidden around the start and the end of each run; 0 for none
 */
public record Privacy(int maskM) {
  public static final Privacy NONE = new Privacy(0);
}
