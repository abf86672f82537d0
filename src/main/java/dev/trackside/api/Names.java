package dev.trackside.api;

import dev.trackside.track.Position;
import tools.jackson.databind.json.JsonMapper;

/** What people call a runner. */
final class Names {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Names() {}

  /** The name that his phone gave with his newest position, or else his id. */
  static String of(Position newest) {
    return MAPPER
        .readTree("{" + newest.fix().extras() + "}")
        .path("name")
        .asString(newest.runner().id());
  }
}
