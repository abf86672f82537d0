package dev.trackside.live;

import dev.trackside.hub.Dialect;
import dev.trackside.hub.Sighting;
import dev.trackside.hub.Status;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.websocket.Deflate;
import dev.trackside.websocket.Frames;
import java.nio.ByteBuffer;
import java.util.List;

/** WebSocket frames: of JSON, but for the positions of {@link Compact}. */
sealed interface FrameDialect extends Dialect {
  @Override
  default byte[] reset(Feed feed) {
    return Frames.text(Messages.reset(feed));
  }

  @Override
  default byte[] erased(Runner runner) {
    return Frames.text(Messages.erased(runner));
  }

  @Override
  default byte[] status(Runner runner, Status status) {
    return Frames.text(Messages.status(runner, status));
  }

  /** One position, one frame. */
  record Plain(SightingJson json) implements FrameDialect {
    @Override
    public int put(List<Sighting> sightings, int from, ByteBuffer target) {
      int i = from;
      for (; i < sightings.size(); i++) {
        byte[] position = json.of(sightings.get(i));
        if (Frames.headerLength(position.length) + position.length > target.remaining()) {
          break;
        }
        Frames.putTextHeader(target, position.length);
        target.put(position);
      }
      return i;
    }
  }

  /** A frame holds an array of positions, or the only one. */
  record Batch(SightingJson json) implements FrameDialect {
    @Override
    public int put(List<Sighting> sightings, int from, ByteBuffer target) {
      int start = target.position();
      int payload = start + Frames.headerLength(target.remaining());
      int end = payload;
      int to = from;
      for (; to < sightings.size(); to++) {
        byte[] position = json.of(sightings.get(to));
        if (end + 1 + position.length + 1 > target.limit()) {
          break;
        }
        target.put(end, (byte) (to == from ? '[' : ','));
        target.put(end + 1, position);
        end += 1 + position.length;
      }
      if (to - from < 2) {
        return new Plain(json)
            .put(sightings.subList(0, Math.min(from + 1, sightings.size())), from, target);
      }
      target.put(end, (byte) ']');
      Frames.putText(target, payload, end + 1 - payload);
      return to;
    }
  }

  /** A binary frame holds as many positions as fit; everything else is text. */
  record Compact() implements FrameDialect {
    @Override
    public int put(List<Sighting> sightings, int from, ByteBuffer target) {
      return CompactFrame.put(sightings, from, target);
    }
  }

  /** The same frames, compressed where they are long: once for all who are sent them. */
  record Deflated(FrameDialect whole) implements FrameDialect {
    @Override
    public int put(List<Sighting> sightings, int from, ByteBuffer target) {
      int start = target.position();
      int to = whole.put(sightings, from, target);
      Deflate.shrink(target, start);
      return to;
    }

    @Override
    public Dialect alone() {
      return whole;
    }
  }
}
