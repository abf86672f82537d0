package dev.trackside.fuzz;

import dev.trackside.api.BatchTarget;
import dev.trackside.api.BodyFieldsTarget;
import dev.trackside.call.GunzipTarget;
import dev.trackside.live.MessageTarget;
import dev.trackside.live.SessionTarget;
import dev.trackside.phone.PhonesTarget;
import dev.trackside.websocket.FrameTarget;
import java.util.List;
import java.util.Locale;

/**
 * Whatever reads bytes of strangers, in the order of the report. Whoever adds one gives it samples
 * in {@code src/test/resources/fuzz/<name>/} and, if it has words of its own, a dictionary beside
 * them, {@code <name>.dict}.
 */
enum Targets {
  FRAMES("frames of a WebSocket", 4_096),
  MESSAGES("one message on a WebSocket", 4_096),
  SESSION("the messages of one connection, a line each", 8_192),
  BATCH("the body of a post: an object, an array or lines", 16_384),
  GUNZIP("a packed body", 16_384),
  FIELDS("the body of a small call", 4_352),
  PHONES("what a phone app sends: a query in a line, and a body", 16_384);

  final String what;
  final int mostBytes;

  Targets(String what, int mostBytes) {
    this.what = what;
    this.mostBytes = mostBytes;
  }

  Target made() {
    return switch (this) {
      case FRAMES -> new FrameTarget();
      case MESSAGES -> new MessageTarget();
      case SESSION -> new SessionTarget();
      case BATCH -> new BatchTarget();
      case GUNZIP -> new GunzipTarget();
      case FIELDS -> new BodyFieldsTarget();
      case PHONES -> new PhonesTarget();
    };
  }

  /** Its name on the command line, and that of its samples' directory. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Targets of(String label) {
    return List.of(values()).stream()
        .filter(target -> target.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no target \"" + label + "\""));
  }
}
