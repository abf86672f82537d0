package dev.trackside.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.hub.Dialect;
import dev.trackside.hub.Sighting;
import dev.trackside.hub.Status;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Server-Sent Events: a position each without a name, everything else named. */
record EventDialect(SightingJson json) implements Dialect {
  private static final byte[] ID = "id: ".getBytes(US_ASCII);
  private static final byte[] DATA = "\ndata: ".getBytes(US_ASCII);
  private static final byte[] END = "\n\n".getBytes(US_ASCII);

  @Override
  public int put(List<Sighting> sightings, int from, ByteBuffer target) {
    int i = from;
    for (; i < sightings.size(); i++) {
      Sighting sighting = sightings.get(i);
      byte[] id = Long.toString(sighting.position().seq()).getBytes(US_ASCII);
      byte[] data = json.of(sighting);
      int length = ID.length + id.length + DATA.length + data.length + END.length;
      if (length > target.remaining()) {
        break;
      }
      target.put(ID).put(id).put(DATA).put(data).put(END);
    }
    return i;
  }

  /** An id without data raises no event; the client only keeps it. */
  @Override
  public Optional<byte[]> mark(long seq) {
    return Optional.of(("id: " + seq + "\n\n").getBytes(US_ASCII));
  }

  @Override
  public byte[] reset(Feed feed) {
    return named("reset", Messages.reset(feed));
  }

  @Override
  public byte[] erased(Runner runner) {
    return named("erased", Messages.erased(runner));
  }

  @Override
  public byte[] status(Runner runner, Status status) {
    return named("status", Messages.status(runner, status));
  }

  byte[] welcome(String server, Feed feed, Status status, boolean publish) {
    return named("welcome", Messages.welcome(server, feed, status, publish));
  }

  byte[] goodbye(int code) {
    return named("goodbye", ("{\"code\":" + code + "}").getBytes(US_ASCII));
  }

  private static byte[] named(String name, byte[] json) {
    return ("event: " + name + "\ndata: " + new String(json, UTF_8) + "\n\n").getBytes(UTF_8);
  }
}
