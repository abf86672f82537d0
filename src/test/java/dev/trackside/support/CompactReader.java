package dev.trackside.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the payload of a compact frame, as the protocol describes it and not as the server does it.
 */
public final class CompactReader {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<String> MEASURES =
      List.of("acc", "speed", "heading", "battery", "hr", "queue");
  private static final int[] DECIMALS = {1, 2, 1, 0, 0, 0};

  private final ByteBuffer payload;
  private long bib;
  private long seq;
  private long t;
  private long lat;
  private long lon;
  private long alt;

  private CompactReader(ByteBuffer payload) {
    this.payload = payload;
  }

  /** The positions, as the objects that JSON would have brought. */
  public static List<JsonNode> read(ByteBuffer payload) {
    int version = payload.get();
    if (version != 1) {
      throw new AssertionError("version " + version);
    }
    var reader = new CompactReader(payload);
    String prefix = reader.text();
    var positions = new ArrayList<JsonNode>();
    while (payload.hasRemaining()) {
      positions.add(MAPPER.readTree(reader.position(prefix)));
    }
    return positions;
  }

  private String position(String prefix) {
    long flags = number();
    String id = prefix + ((flags & 1) != 0 ? text() : String.valueOf(bib += difference()));
    seq += number();
    t += difference();
    lat += difference();
    lon += difference();
    var json = new StringBuilder("{\"type\":\"position\",\"id\":\"" + id + "\",\"seq\":" + seq);
    json.append(",\"t\":" + t);
    json.append(",\"lat\":" + decimal(lat, 7)).append(",\"lon\":" + decimal(lon, 7));
    if ((flags & 2) != 0) {
      alt += difference();
      json.append(",\"alt\":" + decimal(alt, 1));
    }
    for (int i = 0; i < MEASURES.size(); i++) {
      if ((flags & (4L << i)) != 0) {
        json.append(",\"" + MEASURES.get(i) + "\":" + decimal(number(), DECIMALS[i]));
      }
    }
    if ((flags & 256) != 0) {
      json.append(",\"late\":true");
    }
    if ((flags & 512) != 0) {
      json.append(",\"skipped\":" + number()).append(",\"since\":" + (seq - number()));
    }
    if ((flags & 1024) != 0) {
      json.append("," + text());
    }
    return json.append("}").toString();
  }

  private static String decimal(long units, int decimals) {
    return BigDecimal.valueOf(units, decimals).stripTrailingZeros().toPlainString();
  }

  private long number() {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = payload.get();
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }

  private long difference() {
    long number = number();
    return number % 2 == 0 ? number / 2 : -(number / 2) - 1;
  }

  private String text() {
    var bytes = new byte[(int) number()];
    payload.get(bytes);
    return new String(bytes, UTF_8);
  }
}
