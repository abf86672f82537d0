package dev.trackside.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.trackside.connection.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputTest {
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final AtomicInteger told = new AtomicInteger();
  private final Narrow endPoint = new Narrow();
  private final Output output =
      new Output(
          endPoint,
          Duration.ofSeconds(60),
          timer,
          () -> fail("the connection was ended"),
          told::incrementAndGet);

  OutputTest() {
    timer.setRemoveOnCancelPolicy(true);
  }

  @AfterEach
  void close() {
    assertThat(timer.getQueue()).isEmpty();
    timer.shutdownNow();
  }

  @Test
  void writeThatFitsLeavesAtOnce() {
    assertThat(write("data")).isTrue();
    assertThat(told).hasValue(0);
    assertThat(endPoint.takeOutputString()).isEqualTo("data");
  }

  @Test
  void writeThatDoesNotFitIsToldWhenItHasLeft() {
    endPoint.refuse(2);
    assertThat(write("data")).isFalse();
    assertThat(told).hasValue(0);

    endPoint.drain();

    assertThat(told).hasValue(1);
    assertThat(endPoint.takeOutputString()).isEqualTo("data");
  }

  @Test
  void writeThatFitsAtTheSecondTryIsOwedNothing() {
    endPoint.refuse(1);
    boolean left = write("data");

    assertThat(told).as("told, having returned " + left).hasValue(left ? 0 : 1);
    assertThat(endPoint.takeOutputString()).isEqualTo("data");
  }

  @Test
  void controlFrameGoesBeforeDataThatWaitsForAnother() {
    endPoint.refuse(2);
    output.control(Wire.utf8("first "));
    assertThat(write("data")).isFalse();
    output.control(Wire.utf8("second "));

    endPoint.drain();

    assertThat(told).hasValue(1);
    assertThat(endPoint.takeOutputString()).isEqualTo("first second data");
  }

  @Test
  void controlFrameWaitsForDataThatIsUnderWay() {
    endPoint.refuse(2);
    write("data ");
    output.control(Wire.utf8("control"));

    endPoint.drain();

    assertThat(told).hasValue(1);
    assertThat(endPoint.takeOutputString()).isEqualTo("data control");
  }

  @Test
  void newestControlFramesOfTooManyAreKept() {
    endPoint.refuse(2);
    write("data");
    for (int i = 0; i < 100; i++) {
      output.control(Wire.utf8(" " + i));
    }

    endPoint.drain();

    assertThat(endPoint.takeOutputString()).isEqualTo("data 92 93 94 95 96 97 98 99");
  }

  @Test
  void nothingFollowsTheGoodbye() {
    endPoint.refuse(2);
    output.control(Wire.utf8("control "));
    write("data");
    output.goodbye(Wire.utf8("goodbye"));
    assertThat(write("more")).isTrue();
    output.control(Wire.utf8("more"));
    output.goodbye(Wire.utf8("more"));
    output.shutdown();
    assertThat(endPoint.isOutputShutdown()).isFalse();

    endPoint.drain();

    assertThat(endPoint.takeOutputString()).isEqualTo("control goodbye");
    assertThat(endPoint.isOutputShutdown()).isTrue();
  }

  private boolean write(String data) {
    return output.write(ByteBuffer.wrap(Wire.utf8(data)));
  }

  /** An endpoint that takes nothing a few times. */
  private static final class Narrow extends ByteArrayEndPoint {
    private int refusals;

    Narrow() {
      super(new byte[0], 1024);
    }

    void refuse(int times) {
      refusals = times;
    }

    /** Lets what waits leave. */
    void drain() {
      getWriteFlusher().completeWrite();
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
      if (refusals > 0) {
        refusals--;
        return false;
      }
      return super.flush(buffers);
    }
  }
}
