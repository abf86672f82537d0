package dev.trackside.websocket;

import java.time.Duration;

/**
 * What one connection may cost the server.
 *
 * @param messageBytes the longest message, with all its fragments
 * @param messageTime how long one message may take to arrive
 * @param idleFrames control, empty and continuation frames allowed in one second
 * @param ping how often the server pings
 * @param silence after how long without a byte a client counts as gone
 * @param write how long one write may take
 * @param linger how long input is discarded after a Close frame, so that it arrives
 * @param lingerBytes how much input is discarded after a Close frame
 */
public record ConnectionLimits(
    int messageBytes,
    Duration messageTime,
    int idleFrames,
    Duration ping,
    Duration silence,
    Duration write,
    Duration linger,
    int lingerBytes) {
  public static final ConnectionLimits USUAL =
      new ConnectionLimits(
          4096,
          Duration.ofSeconds(5),
          100,
          Duration.ofSeconds(25),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          1 << 20);

  private static final int MOST_MESSAGE_BYTES = 32 * 1024;

  /**
   * @throws IllegalArgumentException if a message would not fit into the shared read buffer
   */
  public ConnectionLimits {
    if (messageBytes < 1 || messageBytes > MOST_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "messageBytes must be 1 to " + MOST_MESSAGE_BYTES + ", got " + messageBytes);
    }
  }

  /** The same limits with another silence, and pings to match. */
  public ConnectionLimits withSilence(Duration silence) {
    return new ConnectionLimits(
        messageBytes,
        messageTime,
        idleFrames,
        silence.multipliedBy(5).dividedBy(12),
        silence,
        write,
        linger,
        lingerBytes);
  }
}
