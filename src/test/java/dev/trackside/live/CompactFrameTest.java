package dev.trackside.live;

import static dev.trackside.live.DeliveryJsonTest.delivery;
import static dev.trackside.live.DeliveryJsonTest.position;
import static dev.trackside.track.Fix.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.hub.Delivery;
import dev.trackside.hub.Encoder;
import dev.trackside.hub.Notice;
import dev.trackside.support.CompactReader;
import dev.trackside.support.Fixes;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompactFrameTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Encoder COMPACT = new FrameEncoder.Compact();
  private static final long T = 1_795_327_520_265L;
  private static final String[] IDS = {
    "anna", "0", "7", "42", "007", "2147483647", "2147483648", "99999999999999", "-1", "_", "b-1042"
  };
  private static final String[] EXTRAS = {
    "", "", "\"shoe\":\"left\"", "\"a\":1.50,\"b\":null,\"__proto__\":true", "\"ü\":\"😀\\n\""
  };

  private final Random random = new Random(7);

  private static ByteBuffer frames(List<Delivery> deliveries) {
    var room = ByteBuffer.allocateDirect(1 << 20);
    assertThat(COMPACT.put(deliveries, 0, room)).isEqualTo(deliveries.size());
    return room.flip();
  }

  /** The payload of the only frame, a whole binary one. */
  private static ByteBuffer payload(ByteBuffer frame) {
    assertThat(frame.get()).isEqualTo((byte) 0x82);
    int length = frame.get();
    long size =
        switch (length) {
          case 126 -> Short.toUnsignedInt(frame.getShort());
          case 127 -> frame.getLong();
          default -> length;
        };
    assertThat(frame.remaining()).isEqualTo((int) size);
    return frame;
  }

  private static List<JsonNode> read(List<Delivery> deliveries) {
    return CompactReader.read(payload(frames(deliveries)));
  }

  private static List<JsonNode> rounded(List<Delivery> deliveries) {
    var json = new DeliveryJson();
    return deliveries.stream().map(s -> JSON.readTree(json.of(rounded(s)))).toList();
  }

  private static Delivery rounded(Delivery delivery) {
    Position p = delivery.position();
    Fix f = p.fix();
    var fix =
        new Fix(
            f.tMs(),
            rounded(f.latDeg(), 7),
            rounded(f.lonDeg(), 7),
            rounded(f.altM(), 1),
            rounded(f.accuracyM(), 1),
            rounded(f.speedMps(), 2),
            rounded(f.headingDeg(), 1),
            rounded(f.batteryPercent(), 0),
            rounded(f.heartRateBpm(), 0),
            rounded(f.queue(), 0),
            f.extras());
    var position = new Position(p.runner(), p.seq(), p.tMs(), 0, p.late(), fix, 0);
    return new Delivery(position, delivery.skipped(), delivery.since());
  }

  private static double rounded(double value, int decimals) {
    return Double.isNaN(value)
        ? value
        : BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).doubleValue();
  }

  private double perhaps(double least, double most) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> UNKNOWN;
      case 2 -> least;
      case 3 -> most;
      default -> random.nextDouble(least, most);
    };
  }

  private double between(double least, double most) {
    double value = perhaps(least, most);
    return Double.isNaN(value) ? 0 : value;
  }

  private Delivery anything(long seq, String race) {
    var fix =
        new Fix(
            Fix.NO_TIME,
            between(-90, 90),
            between(-180, 180),
            perhaps(-12_000, 100_000),
            perhaps(0, 100_000_000),
            perhaps(0, 100_000),
            perhaps(0, 360),
            perhaps(0, 100),
            perhaps(0, 300),
            perhaps(0, 1_000_000_000),
            EXTRAS[random.nextInt(EXTRAS.length)]);
    long tMs = random.nextInt(4) == 0 ? Fix.OLDEST_MS : T + random.nextInt(-5_000, 5_000);
    var runner = new Runner(race + IDS[random.nextInt(IDS.length)]);
    var position = new Position(runner, seq, tMs, 0, random.nextBoolean(), fix, 0);
    long skipped = random.nextInt(3) == 0 ? random.nextInt(1, 1_000_000) : 0;
    return new Delivery(position, skipped, random.nextBoolean() ? 0 : seq - 1 - skipped);
  }

  private List<Delivery> many(int count, String... races) {
    long start = random.nextBoolean() ? 1_000_000_000 : (1L << 53) - 10_000_000;
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                anything(
                    start + i * 1_000L + random.nextInt(1_000),
                    races[random.nextInt(races.length)]))
        .toList();
  }

  @Test
  void positionsAreWhatJsonWouldHaveBroughtButRounded() {
    for (int round = 0; round < 300; round++) {
      List<Delivery> deliveries =
          switch (round % 3) {
            case 0 -> many(random.nextInt(1, 60), "berlin/");
            case 1 -> many(random.nextInt(1, 60), "");
            default -> many(random.nextInt(1, 60), "", "berlin/", "berlin-2/");
          };
      assertThat(read(deliveries)).isEqualTo(rounded(deliveries));
    }
  }

  @Test
  void exampleOfTheProtocolIsWhatIsSent() throws IOException {
    String protocol = Files.readString(Path.of("docs/protocol.md"));
    String example = protocol.substring(protocol.indexOf("### An example of a compact frame"));
    String bytes =
        Pattern.compile("^\\| `([0-9a-f ]+)` \\|", Pattern.MULTILINE)
            .matcher(example)
            .results()
            .map(row -> row.group(1).replace(" ", ""))
            .collect(Collectors.joining());
    var first = new Fix(T, 52.52, 13.405, 34.5, 4.5, 3.12, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, "");
    var second =
        new Fix(T, 52.5201, 13.4048, 34, 3, 2.9, UNKNOWN, UNKNOWN, 151, UNKNOWN, "\"kit\":\"red\"");
    var deliveries =
        List.of(
            new Delivery(
                new Position(new Runner("berlin/1042"), 1_795_327_517_416L, T, T, false, first, 0),
                0,
                0),
            new Delivery(
                new Position(
                    new Runner("berlin/1007"), 1_795_327_517_419L, T - 265, T, true, second, 0),
                2,
                1_795_327_517_402L));
    ByteBuffer frame = frames(deliveries);
    var sent = new byte[frame.remaining()];
    frame.get(sent);
    assertThat(bytes).isEqualTo(HexFormat.of().formatHex(sent));
  }

  @ParameterizedTest
  @ValueSource(ints = {900, 1_000, 4_096, 65_534, 65_535, 65_539, 65_546, 128 * 1024})
  void whateverTheRoomEveryPositionIsPutOnceAndEveryFrameIsWholeInItself(int bytes) {
    List<Delivery> all = many(5_000, "berlin/");
    var read = new ArrayList<JsonNode>();
    for (int from = 0; from < all.size(); ) {
      var room = ByteBuffer.allocate(bytes + 20).position(10).limit(10 + bytes);
      int to = COMPACT.put(all, from, room);
      assertThat(to).isGreaterThan(from);
      read.addAll(CompactReader.read(payload(room.flip().position(10))));
      from = to;
    }
    assertThat(read).isEqualTo(rounded(all));
  }

  @Test
  void framesOfEveryLengthHaveTheHeaderOfTheirLength() {
    List<Delivery> all = many(4_000, "berlin/");
    for (int count = 1; count < all.size(); count += count < 50 ? 1 : 97) {
      List<Delivery> some = all.subList(0, count);
      assertThat(read(some)).hasSize(count);
    }
  }

  @Test
  void whatIsLeftWhenSomeAreTakenOutIsNotLonger() {
    for (int round = 0; round < 300; round++) {
      List<Delivery> all = many(random.nextInt(2, 40), "", "berlin/", "berlin/");
      List<Delivery> some = all.stream().filter(_ -> random.nextInt(3) > 0).toList();
      if (!some.isEmpty()) {
        assertThat(frames(some).remaining()).isLessThanOrEqualTo(frames(all).remaining());
      }
    }
  }

  @Test
  void whereNothingIsLeftNothingIsPut() {
    var room = ByteBuffer.allocate(100);
    assertThat(COMPACT.put(List.of(), 0, room)).isZero();
    List<Delivery> one = List.of(delivery(position("anna", 1, Fixes.at(1, 2))));
    assertThat(COMPACT.put(one, 1, room)).isEqualTo(1);
    assertThat(room.position()).isZero();
  }

  @Test
  void everythingElseIsText() {
    assertThat(COMPACT.encode(new Notice.Reset(Feed.of("berlin/*")))[0]).isEqualTo((byte) 0x81);
    assertThat(COMPACT.encode(new Notice.Erased(new Runner("anna")))[0]).isEqualTo((byte) 0x81);
  }
}
