package dev.trackside.live;

import dev.trackside.hub.Sighting;
import java.nio.ByteBuffer;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to put a position into bytes, for all who hear of it in one manner. */
@State(Scope.Thread)
public class EncoderBenchmark {
  private static final int FRAME = 50;
  private static final int FRAMES = 40;

  public enum Manner {
    PLAIN(new FrameDialect.Plain(new SightingJson())),
    BATCH(new FrameDialect.Batch(new SightingJson())),
    DEFLATED(new FrameDialect.Deflated(new FrameDialect.Batch(new SightingJson()))),
    COMPACT(new FrameDialect.Compact());

    private final FrameDialect dialect;

    Manner(FrameDialect dialect) {
      this.dialect = dialect;
    }
  }

  @Param public Manner manner = Manner.PLAIN;

  private final ByteBuffer room = ByteBuffer.allocateDirect(128 * 1024);
  private final List<Sighting> positions = Phones.positions(FRAME * FRAMES);
  private int frame;

  /** One position of a write of fifty, as at a race's beat. */
  @Benchmark
  @OperationsPerInvocation(FRAME)
  public int oneOfFifty() {
    frame = (frame + 1) % FRAMES;
    List<Sighting> some = positions.subList(frame * FRAME, (frame + 1) * FRAME);
    return manner.dialect.put(some, 0, room.clear());
  }
}
