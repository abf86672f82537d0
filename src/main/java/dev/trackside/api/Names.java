package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What people call a runner. */
final class Names {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Access access;

  Names(Access access) {
    this.access = access;
  }

  /**
   * The name that he was claimed with, else what his phone gave with his newest position, or else
   * his id.
   */
  String of(Runner runner, @Nullable Position newest) {
    return access
        .claimOf(runner)
        .map(Claim::name)
        .filter(name -> !name.equals(runner.id()))
        .orElseGet(() -> newest == null ? runner.id() : of(newest));
  }

  /** What his phone said, or else his id. */
  static String of(Position newest) {
    return MAPPER
        .readTree("{" + newest.fix().extras() + "}")
        .path("name")
        .asString(newest.runner().id());
  }
}
