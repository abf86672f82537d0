package dev.trackside.support;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What somebody has of one runner who does as they are told: add this, drop that. */
public final class LiveView {
  private final TreeMap<Long, JsonNode> positions = new TreeMap<>();
  private int resets;

  public void hear(JsonNode message) {
    switch (message.path("type").asString()) {
      case "position" -> positions.put(message.path("seq").asLong(), message);
      case "reset" -> {
        resets++;
        positions.clear();
      }
      default -> {}
    }
  }

  /** In the order of their numbers. */
  public List<JsonNode> positions() {
    Collection<JsonNode> all = positions.values();
    return List.copyOf(all);
  }

  public int resets() {
    return resets;
  }
}
