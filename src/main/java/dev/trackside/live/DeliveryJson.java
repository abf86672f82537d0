package dev.trackside.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.hub.Delivery;
import dev.trackside.json.PositionJson;
import dev.trackside.track.Position;
import org.jspecify.annotations.Nullable;

/**
 * Encodes deliveries as JSON objects. The newest positions are cached, so each is written once,
 * however many channels it goes through. Safe for use by many threads.
 */
final class DeliveryJson {
  private record Written(Position position, byte[] json) {
    boolean holds(Position other) {
      return position.seq() == other.seq() && position.runner().equals(other.runner());
    }
  }

  private static final int REMEMBERED = 256;

  private final @Nullable Written[] newest = new Written[REMEMBERED];

  byte[] of(Delivery delivery) {
    byte[] json = of(delivery.position());
    if (delivery.skipped() == 0) {
      return json;
    }
    String start = new String(json, 0, json.length - 1, UTF_8);
    return (start + ",\"skipped\":" + delivery.skipped() + ",\"since\":" + delivery.since() + "}")
        .getBytes(UTF_8);
  }

  private byte[] of(Position position) {
    int slot = (int) (position.seq() & (REMEMBERED - 1));
    Written written = newest[slot];
    if (written == null || !written.holds(position)) {
      written = new Written(position, PositionJson.of(position).getBytes(UTF_8));
      newest[slot] = written;
    }
    return written.json;
  }
}
