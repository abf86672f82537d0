package dev.trackside.websocket;

import java.time.Duration;

/** ConnectionLimits for tests: nothing ends by itself but what the test has made short. */
final class TestLimits {
  static final Duration LONG = Duration.ofSeconds(60);
  static final Duration SHORT = Duration.ofMillis(150);

  /** Pings this often serve tests as a clock that both ends share. */
  static final Duration TICK = Duration.ofMillis(20);

  static final ConnectionLimits PATIENT = limits(100, LONG, LONG, LONG, LONG, LONG, 1 << 20);
  static final ConnectionLimits TICKING = limits(100, LONG, TICK, LONG, LONG, LONG, 1 << 20);
  static final ConnectionLimits WITHOUT_FLOODS =
      limits(Integer.MAX_VALUE, LONG, LONG, LONG, LONG, LONG, 1 << 20);

  private TestLimits() {}

  static ConnectionLimits messageTime(Duration most) {
    return limits(100, most, TICK, LONG, LONG, LONG, 1 << 20);
  }

  static ConnectionLimits silence(Duration most) {
    return heartbeat(TICK, most);
  }

  static ConnectionLimits heartbeat(Duration ping, Duration silence) {
    return limits(100, LONG, ping, silence, LONG, LONG, 1 << 20);
  }

  static ConnectionLimits write(Duration most) {
    return limits(100, LONG, LONG, LONG, most, LONG, 1 << 20);
  }

  static ConnectionLimits linger(Duration most, int bytes) {
    return limits(100, LONG, LONG, LONG, LONG, most, bytes);
  }

  private static ConnectionLimits limits(
      int idleFrames,
      Duration message,
      Duration ping,
      Duration silence,
      Duration write,
      Duration linger,
      int lingerBytes) {
    return new ConnectionLimits(
        4096, message, idleFrames, ping, silence, write, linger, lingerBytes);
  }
}
