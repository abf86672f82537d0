package dev.trackside.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.hub.Delivery;
import dev.trackside.hub.Encoder;
import dev.trackside.hub.Notice;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Encodes Server-Sent Events: positions without a name, everything else with one. */
record EventEncoder(DeliveryJson json) implements Encoder {
  private static final byte[] ID = "id: ".getBytes(US_ASCII);
  private static final byte[] DATA = "\ndata: ".getBytes(US_ASCII);
  private static final byte[] END = "\n\n".getBytes(US_ASCII);

  @Override
  public int put(List<Delivery> deliveries, int from, ByteBuffer target) {
    int i = from;
    for (; i < deliveries.size(); i++) {
      Delivery delivery = deliveries.get(i);
      byte[] id = Long.toString(delivery.position().seq()).getBytes(US_ASCII);
      byte[] data = json.of(delivery);
      int length = ID.length + id.length + DATA.length + data.length + END.length;
      if (length > target.remaining()) {
        break;
      }
      target.put(ID).put(id).put(DATA).put(data).put(END);
    }
    return i;
  }

  /** An id without data raises no event; the client only remembers it. */
  @Override
  public Optional<byte[]> mark(long seq) {
    return Optional.of(("id: " + seq + "\n\n").getBytes(US_ASCII));
  }

  @Override
  public byte[] encode(Notice notice) {
    String name =
        switch (notice) {
          case Notice.Reset _ -> "reset";
          case Notice.Erased _ -> "erased";
          case Notice.RunnerStatus _ -> "status";
        };
    return named(name, Messages.of(notice));
  }

  byte[] welcome(byte[] message) {
    return named("welcome", message);
  }

  byte[] goodbye(int code) {
    return named("goodbye", ("{\"code\":" + code + "}").getBytes(US_ASCII));
  }

  private static byte[] named(String name, byte[] json) {
    return ("event: " + name + "\ndata: " + new String(json, UTF_8) + "\n\n").getBytes(UTF_8);
  }
}
