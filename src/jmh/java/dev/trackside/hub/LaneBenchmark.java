package dev.trackside.hub;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.memory.MemoryBudget;
import dev.trackside.support.Fixes;
import dev.trackside.support.WholeView;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a lane adds to encoding and writing, for one position and its subscribers. */
@State(Scope.Thread)
public class LaneBenchmark {
  private static final Runner ANNA = new Runner("anna");
  private static final Feed FEED = new Feed.One(ANNA);
  private static final Fix FIX = Fixes.at(52.5, 13.4);
  private static final int BYTES = 190;
  private static final long FIRST = 1_000;

  /** Every position takes the same number of bytes. */
  private static final Encoder FIXED =
      new Encoder() {
        @Override
        public int put(List<Delivery> deliveries, int from, ByteBuffer target) {
          if (from == deliveries.size()) {
            return from;
          }
          target.position(target.position() + BYTES);
          return from + 1;
        }

        @Override
        public byte[] encode(Notice notice) {
          return new byte[0];
        }
      };

  @Param({"1", "10", "1000"})
  public int subscribers = 1;

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final InstantSource clock = InstantSource.system();
  private final MemoryTrackLog log =
      new MemoryTrackLog(clock, new AtomicLong(1)::getAndIncrement, MemoryTrackLog.USUAL);
  private final ThreadLocal<Turn> turns = ThreadLocal.withInitial(Turn::new);
  private final Lane lane = new Lane(turns::get, Runnable::run, timer, System::nanoTime);
  private final LogReads reads = new LogReads(Executors.newVirtualThreadPerTaskExecutor());
  private final SlowReaders slow = new SlowReaders(new MemoryBudget(1L << 40).openForLive(1));
  private final Channels channels = new Channels(lane, reads, slow, (_, _) -> Status.NOTHING);
  private final Watchers watchers = new Watchers();
  private final SubscribeOptions options =
      new SubscribeOptions(FIXED, Duration.ZERO, false, new WholeView(log));
  private final Channel channel = channels.reserve(FEED, options);
  private volatile @Nullable Thread drainer;
  private long seq = FIRST;
  private long written;

  @Setup
  public void join() {
    for (int i = 0; i < subscribers; i++) {
      new Subscriber(channels, watchers, this::write, () -> {}, () -> {})
          .follow(FEED, options, new Start.Recent(0));
    }
    while (channel.writes() < subscribers || !Thread.currentThread().equals(drainer)) {
      lane.put(() -> drainer = Thread.currentThread());
      Thread.onSpinWait();
    }
    written = 0;
    seq = FIRST;
  }

  @TearDown
  public void close() throws InterruptedException {
    writeWhatRests();
    reads.close();
    timer.shutdownNow();
    if (written != (seq - FIRST) * subscribers * BYTES) {
      throw new IllegalStateException("a subscriber lacks positions");
    }
  }

  /** A large channel rests after a write that a collection made long. */
  private void writeWhatRests() throws InterruptedException {
    var all = new CountDownLatch(1);
    lane.put(
        () -> {
          lane.flushNow(channel);
          lane.put(all::countDown);
        });
    all.await();
  }

  private boolean write(ByteBuffer bytes) {
    written += bytes.remaining();
    bytes.position(bytes.limit());
    return true;
  }

  @Benchmark
  public long passOn() {
    seq++;
    channel.positions(List.of(new Position(ANNA, seq, seq, seq, false, FIX, seq - 1)));
    return written;
  }
}
