package dev.trackside.live;

import static dev.trackside.track.Fix.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.hub.Delivery;
import dev.trackside.hub.Encoder;
import dev.trackside.support.Singapore;
import dev.trackside.support.Singapore.Moment;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The size of frames in a race: 500 phones, a fix a second each, ten frames a second. */
class CompactSizeTest {
  private static final int RUNNERS = 500;
  private static final int FRAMES_A_SECOND = 10;
  private static final int SECONDS = 60;
  private static final long START_MS = 1_795_327_520_000L;

  private static List<Moment> run = List.of();

  @BeforeAll
  static void read() throws IOException {
    run = Singapore.from(START_MS);
  }

  /** A position as a phone would send it at one moment of the recorded run. */
  private static Fix fix(int second, long tMs) {
    Moment before = run.get(Math.max(0, second - 2));
    Moment here = run.get(second);
    double northM = (here.lat() - before.lat()) * 111_195;
    double eastM = (here.lon() - before.lon()) * 111_195 * Math.cos(Math.toRadians(here.lat()));
    double headingDeg = (Math.toDegrees(Math.atan2(eastM, northM)) + 360) % 360;
    double accuracyM = 3 + second % 17 / 4.0;
    return new Fix(
        tMs,
        here.lat(),
        here.lon(),
        here.alt(),
        accuracyM,
        Math.hypot(northM, eastM) / 2,
        headingDeg,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        "");
  }

  /** The frames of one minute of the race, with the runners this many seconds apart. */
  private static List<List<Delivery>> minute(double secondsApart) {
    var random = new Random(11);
    List<Integer> bibs = new ArrayList<>(IntStream.rangeClosed(1, RUNNERS).boxed().toList());
    Collections.shuffle(bibs, random);
    var frames = new ArrayList<List<Delivery>>();
    long seq = START_MS;
    for (int beat = 0; beat < SECONDS * FRAMES_A_SECOND; beat++) {
      var frame = new ArrayList<Delivery>();
      for (int i = beat % FRAMES_A_SECOND; i < RUNNERS; i += FRAMES_A_SECOND) {
        int bib = bibs.get(i);
        long tMs = START_MS + beat * 100L - random.nextInt(50, 1_500);
        Fix fix = fix((int) (bib * secondsApart) + beat / FRAMES_A_SECOND, tMs);
        var runner = new Runner("singapore/" + bib);
        frame.add(new Delivery(new Position(runner, seq++, tMs, tMs, false, fix, 0), 0, 0));
      }
      frames.add(frame);
    }
    return frames;
  }

  private static double bytesEach(Encoder dialect, List<List<Delivery>> frames) {
    long bytes = 0;
    var room = ByteBuffer.allocate(128 * 1024);
    for (List<Delivery> frame : frames) {
      assertThat(dialect.put(frame, 0, room.clear())).isEqualTo(frame.size());
      bytes += room.position();
    }
    return (double) bytes / frames.stream().mapToInt(List::size).sum();
  }

  /** Shortly after the start of a marathon, halfway, and all over the course. */
  @ParameterizedTest
  @CsvSource({"0.5", "4", "21"})
  void positionOfARaceIsAtMost20Bytes(double secondsApart) {
    List<List<Delivery>> frames = minute(secondsApart);
    assertThat(bytesEach(new FrameEncoder.Compact(), frames)).isBetween(15.0, 20.0);
    assertThat(bytesEach(new FrameEncoder.Batched(new DeliveryJson()), frames)).isGreaterThan(180);
  }
}
