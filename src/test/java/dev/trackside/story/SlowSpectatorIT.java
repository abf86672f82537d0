package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.RawSpectator;
import dev.trackside.support.Running;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A spectator on a bad phone, beside one on a good one, under a flood. */
@Isolated
class SlowSpectatorIT {
  private static final int POSITIONS = 300_000;
  private static final int AHEAD = 2_000;
  private static final Pattern CLASS =
      Pattern.compile("(?m)^ *\\d+: +\\d+ +(?<bytes>\\d+) +(?<name>\\S+)");
  private static final long MOST_BYTES = 4 << 20; // what they missed is more than 20 MB

  @Test
  void whoStopsReadingCostsLittleDelaysNobodyAndComesBackToNow() throws Exception {
    try (var server = Running.with();
        var runner = new RawSpectator(server.port(), 0, "{\"follow\":[]}");
        var reader = new RawSpectator(server.port(), 0, "{\"id\":\"anna\"}");
        var stalled = new RawSpectator(server.port(), 8_192, "{\"id\":\"anna\"}")) {
      runner.say("{\"id\":\"anna\",\"lat\":52.5,\"lon\":13.4}");
      reader.next();
      long last = RawSpectator.number(stalled.next(), "seq");
      var room = new Semaphore(AHEAD);
      var publisher = Thread.ofVirtual().start(() -> publish(runner, room));
      long newest = 0;
      for (int i = 0; i < POSITIONS; i++) {
        String position = reader.next();
        assertThat(RawSpectator.number(position, "seq")).isGreaterThan(newest);
        assertThat(position).doesNotContain("skipped");
        newest = RawSpectator.number(position, "seq");
        room.release();
      }
      publisher.join();

      long withStalled = liveBytes();
      long told = 0;
      long gaps = 0;
      while (last < newest) {
        String position = stalled.next();
        long skipped = RawSpectator.number(position, "skipped");
        if (skipped > 0) {
          assertThat(RawSpectator.number(position, "since")).isEqualTo(last);
          gaps++;
        }
        told += 1 + skipped;
        last = RawSpectator.number(position, "seq");
      }
      assertThat(last).isEqualTo(newest);
      assertThat(told).isEqualTo(POSITIONS);
      assertThat(gaps).isPositive();
      assertThat(withStalled - liveBytes()).isLessThan(MOST_BYTES);
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

  /** What the heap holds, without what a collection leaves where something was. */
  private static long liveBytes() throws Exception {
    var server = ManagementFactory.getPlatformMBeanServer();
    var commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
    Object[] none = {new String[0]};
    String[] signature = {String[].class.getName()};
    Object histogram = server.invoke(commands, "gcClassHistogram", none, signature);
    return CLASS
        .matcher(histogram.toString())
        .results()
        .filter(line -> !line.group("name").contains("jdk.internal.vm.Filler"))
        .mapToLong(line -> Long.parseLong(line.group("bytes")))
        .sum();
  }
}
