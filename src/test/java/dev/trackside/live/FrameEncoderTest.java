package dev.trackside.live;

import static dev.trackside.live.DeliveryJsonTest.delivery;
import static dev.trackside.live.DeliveryJsonTest.position;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.hub.Delivery;
import dev.trackside.hub.Notice;
import dev.trackside.live.FrameEncoder.Deflated;
import dev.trackside.support.Fixes;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FrameEncoderTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final DeliveryJson POSITIONS = new DeliveryJson();
  private static final FrameEncoder PLAIN = new FrameEncoder.Plain(POSITIONS);
  private static final FrameEncoder BATCH = new FrameEncoder.Batched(POSITIONS);
  private static final FrameEncoder DEFLATED = new FrameEncoder.Deflated(BATCH);
  private static final List<Delivery> DELIVERIES =
      IntStream.range(0, 1_000).mapToObj(FrameEncoderTest::sightingOf).toList();

  private static Delivery sightingOf(int i) {
    var extras = "\"n\":\"" + "ü".repeat(i % 200) + "\"";
    double unknown = Fix.UNKNOWN;
    var fix =
        new Fix(
            Fix.NO_TIME,
            52 + i / 1e5,
            13,
            unknown,
            unknown,
            unknown,
            unknown,
            unknown,
            unknown,
            unknown,
            extras);
    return new Delivery(position("anna", 1_000 + i, fix), i % 3, 500);
  }

  static List<FrameEncoder> encoders() {
    return List.of(PLAIN, BATCH, DEFLATED, new FrameEncoder.Deflated(PLAIN));
  }

  /** The payloads of the text frames, read by RFC 6455 and RFC 7692. */
  private static List<JsonNode> payloads(ByteBuffer frames) {
    var payloads = new ArrayList<JsonNode>();
    while (frames.hasRemaining()) {
      byte first = frames.get();
      assertThat(first).isIn((byte) 0x81, (byte) 0xC1);
      int length = frames.get();
      long size =
          switch (length) {
            case 126 -> Short.toUnsignedInt(frames.getShort());
            case 127 -> frames.getLong();
            default -> length;
          };
      var payload = new byte[Math.toIntExact(size)];
      frames.get(payload);
      payloads.add(JSON.readTree(first == (byte) 0x81 ? payload : inflated(payload)));
    }
    return payloads;
  }

  private static byte[] inflated(byte[] payload) {
    var inflater = new Inflater(true);
    inflater.setInput(payload);
    var bytes = new byte[1 << 20];
    try {
      return Arrays.copyOf(bytes, inflater.inflate(bytes));
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    } finally {
      inflater.end();
    }
  }

  private static List<JsonNode> expected(List<Delivery> deliveries) {
    return deliveries.stream().map(s -> JSON.readTree(POSITIONS.of(s))).toList();
  }

  private static List<JsonNode> flat(List<JsonNode> payloads) {
    return payloads.stream()
        .flatMap(json -> json.isArray() ? json.values().stream() : List.of(json).stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void framesHoldThePositionsInOrder(FrameEncoder encoder) {
    var room = ByteBuffer.allocateDirect(1 << 20);
    assertThat(encoder.put(DELIVERIES, 0, room)).isEqualTo(DELIVERIES.size());
    assertThat(flat(payloads(room.flip()))).isEqualTo(expected(DELIVERIES));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void whateverTheRoomEveryPositionIsPutOnce(FrameEncoder encoder) {
    for (int bytes : new int[] {600, 601, 700, 1_023, 4_096, 65_535, 65_546, 128 * 1024}) {
      var read = new ArrayList<JsonNode>();
      for (int from = 0; from < DELIVERIES.size(); ) {
        var room = ByteBuffer.allocate(bytes + 20).position(10).limit(10 + bytes);
        int to = encoder.put(DELIVERIES, from, room);
        assertThat(to).isGreaterThan(from);
        read.addAll(flat(payloads(room.flip().position(10))));
        assertThat(read).hasSize(to);
        from = to;
      }
      assertThat(read).isEqualTo(expected(DELIVERIES));
    }
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void onePositionIsAPlainObjectAndNeedsNoMoreRoomThanItself(FrameEncoder encoder) {
    for (int i : new int[] {0, 10, 150}) {
      int bytes = POSITIONS.of(DELIVERIES.get(i)).length;
      var room = ByteBuffer.allocate(bytes + (bytes < 126 ? 2 : 4));
      assertThat(encoder.put(DELIVERIES, i, room)).isEqualTo(i + 1);
      assertThat(room.hasRemaining()).isEqualTo(encoder instanceof Deflated && bytes > 255);
      assertThat(payloads(room.flip())).isEqualTo(expected(DELIVERIES.subList(i, i + 1)));
    }
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void whereThereIsNoRoomOrNothingLeftNothingIsPut(FrameEncoder encoder) {
    var small = ByteBuffer.allocate(POSITIONS.of(DELIVERIES.getFirst()).length + 1);
    assertThat(encoder.put(DELIVERIES, 0, small)).isZero();
    assertThat(small.position()).isZero();
    var room = ByteBuffer.allocate(1_000);
    assertThat(encoder.put(DELIVERIES, DELIVERIES.size(), room)).isEqualTo(DELIVERIES.size());
    assertThat(encoder.put(List.of(), 0, room)).isZero();
    assertThat(room.position()).isZero();
  }

  @Test
  void longBatchShrinksToAFraction() {
    var batch = ByteBuffer.allocate(1 << 20);
    BATCH.put(DELIVERIES, 0, batch);
    var deflated = ByteBuffer.allocate(1 << 20);
    DEFLATED.put(DELIVERIES, 0, deflated);
    assertThat(deflated.position()).isLessThan(batch.position() / 5);
  }

  @Test
  void batchIsOneArrayAndPlainIsOneFrameEach() {
    List<Delivery> three = DELIVERIES.subList(0, 3);
    var plain = ByteBuffer.allocate(4_096);
    PLAIN.put(three, 0, plain);
    assertThat(payloads(plain.flip())).hasSize(3).allMatch(JsonNode::isObject);
    var batch = ByteBuffer.allocate(4_096);
    BATCH.put(three, 0, batch);
    assertThat(payloads(batch.flip())).singleElement().matches(JsonNode::isArray);
  }

  @Test
  void twoPositionsInRoomForExactlyThemAreOneArray() {
    List<Delivery> two =
        List.of(
            delivery(position("a", 1, Fixes.at(1, 2))), delivery(position("a", 2, Fixes.at(3, 4))));
    int bytes = two.stream().mapToInt(s -> POSITIONS.of(s).length).sum() + 3;
    var exact = ByteBuffer.allocate(bytes + 4);
    assertThat(BATCH.put(two, 0, exact)).isEqualTo(2);
    assertThat(exact.hasRemaining()).isFalse();
    assertThat(BATCH.put(two, 0, ByteBuffer.allocate(bytes + 3))).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void otherMessagesAreWholeFrames(FrameEncoder encoder) {
    assertThat(payloads(ByteBuffer.wrap(encoder.encode(new Notice.Reset(Feed.of("berlin/*"))))))
        .containsExactly(JSON.readTree("{\"type\":\"reset\",\"id\":\"berlin/*\"}"));
    assertThat(payloads(ByteBuffer.wrap(encoder.encode(new Notice.Erased(new Runner("anna"))))))
        .containsExactly(JSON.readTree("{\"type\":\"erased\",\"id\":\"anna\"}"));
    assertThat(new String(PLAIN.encode(new Notice.Erased(new Runner("anna"))), UTF_8))
        .endsWith("\"anna\"}");
  }
}
