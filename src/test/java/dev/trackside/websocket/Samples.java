package dev.trackside.websocket;

import java.util.List;

/** What every client must be able to say and to hear. */
final class Samples {
  static final List<String> TEXTS =
      List.of("hello", "Grüße, 東京 🏃‍♀️ 🏁", "", "x".repeat(4096), "🏃".repeat(1024), "last");

  private Samples() {}
}
