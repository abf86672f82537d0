package dev.trackside.sight;

import dev.trackside.access.Claim;
import dev.trackside.access.Claims;
import dev.trackside.track.Position;
import dev.trackside.track.Printable;
import dev.trackside.track.Runner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The names of runners. */
public record RunnerNames(Claims claims) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** The name in the claim, else the one that the phone sent, made printable, else the id. */
  public String of(Runner runner, @Nullable Position newest) {
    return claims
        .of(runner)
        .map(Claim::name)
        .filter(name -> !name.equals(runner.id()))
        .orElseGet(() -> newest == null ? runner.id() : Printable.shown(of(newest)));
  }

  /** The name that the phone sent, else the id. */
  public static String of(Position newest) {
    return MAPPER
        .readTree("{" + newest.fix().extras() + "}")
        .path("name")
        .asString(newest.runner().id());
  }
}
