package dev.trackside.hub;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.track.Condition;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a lane adds to the encoding and the writing: a position on its way to so many. */
@State(Scope.Thread)
public class LaneBenchmark {
  private static final Runner ANNA = new Runner("anna");
  private static final Feed FEED = new Feed.One(ANNA);
  private static final Fix FIX = Fix.at(52.5, 13.4);
  private static final int BYTES = 190;
  private static final long FIRST = 1_000;

  /** A position is so many bytes, whatever it says. */
  private static final Dialect MUTE =
      new Dialect() {
        @Override
        public int put(List<Delivery> deliveries, int from, ByteBuffer target) {
          target.position(target.position() + BYTES);
          return from + 1;
        }

        @Override
        public byte[] reset(Feed feed) {
          return new byte[0];
        }

        @Override
        public byte[] erased(Runner runner) {
          return new byte[0];
        }

        @Override
        public byte[] status(Runner runner, Status status) {
          return new byte[0];
        }
      };

  @Param({"1", "10", "1000"})
  public int viewers = 1;

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final InstantSource clock = InstantSource.system();
  private final MemoryTrackLog log =
      new MemoryTrackLog(clock, new AtomicLong(1)::getAndIncrement, MemoryTrackLog.USUAL);
  private final Hub hub = new Hub(1, timer, clock, Duration.ofSeconds(60), Condition.UNKNOWN);
  private final Lane lane = new Lane(hub, Runnable::run, timer);
  private final SubscribeOptions manner = new SubscribeOptions(MUTE, Duration.ZERO, false, log);
  private final Channel audience = lane.reserve(FEED, manner);
  private volatile @Nullable Thread drainer;
  private long seq = FIRST;
  private long written;

  @Setup
  public void letIn() {
    for (int i = 0; i < viewers; i++) {
      new Subscriber(hub, lane, this::write, () -> {}).follow(FEED, manner, new Start.Recent(0));
    }
    while (audience.size() < viewers || !Thread.currentThread().equals(drainer)) {
      lane.put(() -> drainer = Thread.currentThread());
      Thread.onSpinWait();
    }
    written = 0;
    seq = FIRST;
  }

  @TearDown
  public void close() {
    hub.close();
    timer.shutdownNow();
    if (written != (seq - FIRST) * viewers * BYTES) {
      throw new IllegalStateException("not everybody has got everything");
    }
  }

  private boolean write(ByteBuffer bytes) {
    written += bytes.remaining();
    bytes.position(bytes.limit());
    return true;
  }

  @Benchmark
  public long passOn() {
    seq++;
    audience.position(new Position(ANNA, seq, seq, seq, false, FIX, seq - 1));
    return written;
  }
}
