package dev.trackside.live;

import static dev.trackside.live.DeliveryJsonTest.position;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.hub.Delivery;
import dev.trackside.hub.Notice;
import dev.trackside.support.Fixes;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventEncoderTest {
  private static final EventEncoder EVENTS = new EventEncoder(new DeliveryJson());

  private static Delivery delivery(int seq, int skipped) {
    return new Delivery(position("anna", seq, Fixes.at(52, 13)), skipped, seq - 10);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  @Test
  void positionIsAnEventWithoutANameAndItsNumberIsTheId() {
    var room = ByteBuffer.allocate(1_000);
    assertThat(EVENTS.put(List.of(delivery(17, 0), delivery(20, 2)), 0, room)).isEqualTo(2);
    assertThat(new String(room.array(), 0, room.position(), UTF_8).lines())
        .satisfiesExactly(
            id -> assertThat(id).isEqualTo("id: 17"),
            data -> assertThat(data).startsWith("data: {\"type\":\"position\",\"id\":\"anna\""),
            end -> assertThat(end).isEmpty(),
            id -> assertThat(id).isEqualTo("id: 20"),
            data -> assertThat(data).startsWith("data: {").endsWith("\"skipped\":2,\"since\":10}"),
            end -> assertThat(end).isEmpty());
  }

  @Test
  void asManyArePutAsThereIsRoomForAndNoneInPart() {
    List<Delivery> deliveries = IntStream.range(100, 200).mapToObj(i -> delivery(i, 0)).toList();
    var all = ByteBuffer.allocate(100_000);
    assertThat(EVENTS.put(deliveries, 0, all)).isEqualTo(100);
    int each = all.position() / 100;
    assertThat(all.position()).isEqualTo(100 * each);
    for (int room = each; room < 3 * each; room++) {
      var target = ByteBuffer.allocate(room);
      assertThat(EVENTS.put(deliveries, 7, target)).isEqualTo(7 + room / each);
      assertThat(target.position()).isEqualTo(room / each * each);
    }
  }

  @Test
  void everythingElseHasAName() {
    var anna = new Runner("anna");
    assertThat(text(EVENTS.encode(new Notice.Reset(new Feed.One(anna)))))
        .isEqualTo("event: reset\ndata: {\"type\":\"reset\",\"id\":\"anna\"}\n\n");
    assertThat(text(EVENTS.encode(new Notice.Erased(anna))))
        .isEqualTo("event: erased\ndata: {\"type\":\"erased\",\"id\":\"anna\"}\n\n");
    assertThat(
            text(
                EVENTS.encode(
                    new Notice.RunnerStatus(
                        anna, new Status(Status.State.LIVE, 2, 1_000, 900, 0, 0)))))
        .isEqualTo(
            "event: status\ndata: {\"type\":\"status\",\"id\":\"anna\",\"state\":\"live\","
                + "\"watching\":2,\"heard\":1000,\"sos\":900}\n\n");
    assertThat(text(EVENTS.goodbye(1001))).isEqualTo("event: goodbye\ndata: {\"code\":1001}\n\n");
  }

  @Test
  void markIsAnIdAlone() {
    assertThat(EVENTS.mark(17))
        .hasValueSatisfying(m -> assertThat(text(m)).isEqualTo("id: 17\n\n"));
  }
}
