package dev.trackside.sight;

import dev.trackside.json.PositionJson;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a runner as a JSON object. */
public final class RunnerJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private RunnerJson() {}

  public static ObjectNode of(
      Runner runner, String name, Status status, @Nullable Position newest) {
    ObjectNode about =
        MAPPER
            .createObjectNode()
            .put("id", runner.id())
            .put("name", name)
            .put("state", status.state().name().toLowerCase(Locale.ROOT));
    if (status.sosMs() > 0) {
      about.put("sos", status.sosMs());
    }
    if (status.finishedMs() > 0) {
      about.put("finished", status.finishedMs());
    }
    if (newest != null) {
      about.set("position", MAPPER.readTree(PositionJson.of(newest)));
    }
    return about;
  }
}
