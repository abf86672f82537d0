package dev.trackside.hub;

/** What a spectator is sent before anything else. */
public interface Greeting {
  /**
   * The bytes of the greeting.
   *
   * @param status how those are whom it is about to follow
   */
  byte[] words(Status status);
}
