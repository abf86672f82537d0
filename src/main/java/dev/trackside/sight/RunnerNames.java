package dev.trackside.sight;

import dev.trackside.access.Claim;
import dev.trackside.access.Claims;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What people call a runner. */
public record RunnerNames(Claims claims) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * The name that they were claimed with, else what their phone gave with the newest position, or
   * else their id.
   */
  public String of(Runner runner, @Nullable Position newest) {
    return claims
        .of(runner)
        .map(Claim::name)
        .filter(name -> !name.equals(runner.id()))
        .orElseGet(() -> newest == null ? runner.id() : of(newest));
  }

  /** What the phone said, or else the id. */
  public static String of(Position newest) {
    return MAPPER
        .readTree("{" + newest.fix().extras() + "}")
        .path("name")
        .asString(newest.runner().id());
  }
}
