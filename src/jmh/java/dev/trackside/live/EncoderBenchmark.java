package dev.trackside.live;

import dev.trackside.hub.Delivery;
import java.nio.ByteBuffer;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What encoding a position costs, once for all subscribers of a channel. */
@State(Scope.Thread)
public class EncoderBenchmark {
  private static final int FEW = 50;
  private static final int MANY = 500;
  private static final int ALL = 2_000;

  @Param({"batch", "deflated", "compact"})
  public String form = "";

  private final ByteBuffer room = ByteBuffer.allocateDirect(128 * 1024);
  private final List<Delivery> positions = RacePositions.positions(ALL);
  private FrameEncoder dialect = new FrameEncoder.Compact();
  private int from;

  @Setup
  public void choose() {
    var batch = new FrameEncoder.Batched(new DeliveryJson());
    dialect =
        switch (form) {
          case "batch" -> batch;
          case "deflated" -> new FrameEncoder.Deflated(batch);
          default -> new FrameEncoder.Compact();
        };
  }

  /** One position of a write of fifty, as at the beat of a race of 500. */
  @Benchmark
  @OperationsPerInvocation(FEW)
  public int oneOfFifty() {
    return put(FEW);
  }

  /** One position of a write of 500, as at the beat of a race of 5,000. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public int oneOfFiveHundred() {
    return put(MANY);
  }

  private int put(int count) {
    from = (from + count) % ALL;
    return dialect.put(positions.subList(from, from + count), 0, room.clear());
  }
}
