package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.RawSpectator;
import dev.trackside.support.RawStream;
import dev.trackside.support.RawStream.Event;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Event streams whose readers come and go, or dawdle. */
@Isolated
class EventsIT {
  private static final int DISCONNECTS = 200;
  private static final int POSITIONS = 200_000;
  private static final int AHEAD = 2_000;
  private static final long MOST_BYTES = 4 << 20; // what they missed is more than 20 MB

  @Test
  void everythingComesOnceAndInOrderHoweverOftenTheStreamBreaks() throws Exception {
    var random = new Random(42);
    int published = 0;
    var seen = new ArrayList<Long>();
    String last = "";
    try (var server = Running.with();
        var runner = TestClient.of(server, "{\"follow\":[]}")) {
      for (int round = 0; round < DISCONNECTS; round++) {
        String call = "anna/events?trail=0&pace=" + 5 * random.nextInt(3);
        try (var stream = RawStream.of(server, call, "Last-Event-ID: " + last)) {
          if (last.isEmpty()) {
            last = stream.block().id();
          }
          published = publish(runner, published, random.nextInt(30));
          int wanted = random.nextInt(published - seen.size() + 1);
          for (int i = 0; i < wanted; i++) {
            seen.add(position(stream));
            last = stream.lastId();
          }
          if (random.nextBoolean()) {
            stream.abort();
          }
        }
        published = publish(runner, published, random.nextInt(30));
      }
      try (var stream = RawStream.of(server, "anna/events", "Last-Event-ID: " + last)) {
        while (seen.size() < published) {
          seen.add(position(stream));
        }
      }
      await().until(() -> server.leftovers().startsWith("1 subscribers, 0 channels"));
    }
    assertThat(seen).isEqualTo(LongStream.range(0, published).boxed().toList());
  }

  private static long position(RawStream stream) throws Exception {
    Event event = stream.next();
    assertThat(event.name()).isEmpty();
    assertThat(event.data()).doesNotContain("skipped");
    return event.number("n");
  }

  private static int publish(TestClient runner, int from, int count) {
    for (int n = from; n < from + count; n++) {
      runner.say("{\"id\":\"anna\",\"lat\":1,\"lon\":2,\"n\":" + n + "}");
    }
    return from + count;
  }

  @Test
  void whoStopsReadingCostsLittleDelaysNobodyAndComesBackToNow() throws Exception {
    String path = "/api/runners/anna/events";
    try (var server = Running.with();
        var runner = new RawSpectator(server.port(), 0, "{\"follow\":[]}");
        var reader = new RawStream(server.port(), 0, "GET", path);
        var stalled = new RawStream(server.port(), 8_192, "GET", path)) {
      runner.say("{\"id\":\"anna\",\"lat\":52.5,\"lon\":13.4}");
      long newest = reader.next().number("seq");
      long last = stalled.next().number("seq");
      assertThat(last).isEqualTo(newest);
      var room = new Semaphore(AHEAD);
      var publisher = Thread.ofVirtual().start(() -> publish(runner, room));
      for (int i = 0; i < POSITIONS; i++) {
        Event position = reader.next();
        assertThat(position.number("seq")).isGreaterThan(newest);
        assertThat(position.data()).doesNotContain("skipped");
        newest = position.number("seq");
        room.release();
      }
      publisher.join();

      long withStalled = usedBytes();
      long told = 0;
      var gaps = new ArrayList<Long>();
      while (last < newest) {
        Event position = stalled.next();
        long skipped = position.number("skipped");
        if (skipped > 0) {
          assertThat(position.number("since")).isEqualTo(last);
          gaps.add(skipped);
        }
        told += 1 + skipped;
        last = position.number("seq");
        assertThat(position.id()).isEqualTo(String.valueOf(last));
      }
      assertThat(last).isEqualTo(newest);
      assertThat(told).isEqualTo(POSITIONS);
      assertThat(gaps).isNotEmpty();
      assertThat(withStalled - usedBytes()).isLessThan(MOST_BYTES);
    }
  }

  private static void publish(RawSpectator runner, Semaphore room) {
    try {
      for (int i = 0; i < POSITIONS; i++) {
        room.acquire();
        runner.say("{\"id\":\"anna\",\"lat\":52.5,\"lon\":13.4,\"n\":" + i + "}");
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    long before;
    do { // what other tests have left goes in several rounds
      before = used;
      System.gc();
      used = runtime.totalMemory() - runtime.freeMemory();
    } while (before - used > MOST_BYTES / 100);
    return used;
  }
}
