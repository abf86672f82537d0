package dev.trackside.hub;

import dev.trackside.track.Status;

/** What a subscriber is sent before anything else. */
public interface Greeting {
  /**
   * The bytes of the greeting.
   *
   * @param status how those are whom they are about to follow
   */
  byte[] words(Status status);
}
