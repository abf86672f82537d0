package dev.trackside.live;

import dev.trackside.hub.Delivery;
import dev.trackside.hub.Encoder;
import dev.trackside.hub.Notice;
import dev.trackside.websocket.Deflate;
import dev.trackside.websocket.Frames;
import java.nio.ByteBuffer;
import java.util.List;

/** Encodes WebSocket frames: of JSON, but for the positions of {@link Compact}. */
sealed interface FrameEncoder extends Encoder {
  @Override
  default byte[] encode(Notice notice) {
    return Frames.text(Messages.of(notice));
  }

  /** One frame for each position. */
  record Plain(DeliveryJson json) implements FrameEncoder {
    @Override
    public int put(List<Delivery> deliveries, int from, ByteBuffer target) {
      int i = from;
      for (; i < deliveries.size(); i++) {
        byte[] position = json.of(deliveries.get(i));
        if (Frames.headerLength(position.length) + position.length > target.remaining()) {
          break;
        }
        Frames.putTextHeader(target, position.length);
        target.put(position);
      }
      return i;
    }
  }

  /** One frame for an array of positions, or for a single one. */
  record Batched(DeliveryJson json) implements FrameEncoder {
    @Override
    public int put(List<Delivery> deliveries, int from, ByteBuffer target) {
      int start = target.position();
      int payload = start + Frames.headerLength(target.remaining());
      int end = payload;
      int to = from;
      for (; to < deliveries.size(); to++) {
        byte[] position = json.of(deliveries.get(to));
        if (end + 1 + position.length + 1 > target.limit()) {
          break;
        }
        target.put(end, (byte) (to == from ? '[' : ','));
        target.put(end + 1, position);
        end += 1 + position.length;
      }
      if (to - from < 2) {
        return new Plain(json)
            .put(deliveries.subList(0, Math.min(from + 1, deliveries.size())), from, target);
      }
      target.put(end, (byte) ']');
      Frames.putText(target, payload, end + 1 - payload);
      return to;
    }
  }

  /** One binary frame for as many positions as fit; everything else is text. */
  record Compact() implements FrameEncoder {
    @Override
    public int put(List<Delivery> deliveries, int from, ByteBuffer target) {
      return CompactFrame.put(deliveries, from, target);
    }
  }

  /** The same frames, the long ones compressed: once for all subscribers. */
  record Deflated(FrameEncoder whole) implements FrameEncoder {
    @Override
    public int put(List<Delivery> deliveries, int from, ByteBuffer target) {
      int start = target.position();
      int to = whole.put(deliveries, from, target);
      Deflate.shrink(target, start);
      return to;
    }

    @Override
    public Encoder alone() {
      return whole;
    }
  }
}
