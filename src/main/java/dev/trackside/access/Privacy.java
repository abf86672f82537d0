package dev.trackside.access;

/**
 * What a runner shows to nobody but who has their key.
 *
 * @param maskM how many metres around the beginning and the end of each run are hidden; 0 for none
 */
public record Privacy(int maskM) {
  public static final Privacy NONE = new Privacy(0);
}
