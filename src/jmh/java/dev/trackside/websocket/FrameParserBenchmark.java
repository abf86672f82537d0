package dev.trackside.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to take a phone's message out of the bytes of a read: unmask, check, hand on. */
@State(Scope.Thread)
public class FrameParserBenchmark {
  private static final String ASCII =
      "{\"t\":1795327520265,\"lat\":52.5200066,\"lon\":13.4049540,\"alt\":34.5,\"acc\":4.5,"
          + "\"speed\":3.12,\"heading\":271.5,\"ref\":123456}";
  private static final int MASK = 0x5A17_C3E9;

  @Param({"ASCII", "umlauts"})
  public String text = "";

  private final Heard heard = new Heard();
  private final FrameParser parser = new FrameParser(ConnectionLimits.USUAL, false, heard);
  private ByteBuffer frames = ByteBuffer.allocate(0);

  private static final class Heard implements FrameParser.Handler {
    long bytes;

    @Override
    public void text(byte[] bytes, int length) {
      this.bytes += length;
    }

    @Override
    public void ping(byte[] payload) {}

    @Override
    public void goodbye(int code) {}
  }

  @Setup
  public void mask() {
    String message =
        text.equals("ASCII") ? ASCII : ASCII.replace("\"ref\":123456", "\"n\":\"Jürg\"");
    byte[] bytes = message.getBytes(UTF_8);
    frames = ByteBuffer.allocateDirect(bytes.length + 8).put((byte) 0x81);
    frames.put((byte) (0x80 | bytes.length)).putInt(MASK);
    for (int i = 0; i < bytes.length; i++) {
      frames.put((byte) (bytes[i] ^ (MASK >> (8 * (3 - i % 4)))));
    }
    frames.flip();
  }

  @Benchmark
  public long parse() throws Violation {
    frames.rewind();
    parser.parse(frames);
    return heard.bytes;
  }
}
