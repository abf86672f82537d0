package dev.trackside.loadtest.result;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Latencies as text: a HdrHistogram of microseconds with 3 digits, its compressed encoding V2 in
 * base 64.
 */
public final class Latency {
  /** What takes longer counts as this much. */
  public static final long MOST_MICROS = 3_600_000_000L;

  public static final int DIGITS = 3;

  private Latency() {}

  /** An empty histogram. */
  public static Histogram histogram() {
    return new Histogram(MOST_MICROS, DIGITS);
  }

  public static String encode(Histogram micros) {
    ByteBuffer buffer = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
    int length = micros.encodeIntoCompressedByteBuffer(buffer);
    byte[] bytes = new byte[length];
    buffer.get(0, bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The histogram that a text stands for.
   *
   * @throws IllegalArgumentException when the text is no such histogram
   */
  public static Histogram decode(String text) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
      return Histogram.decodeFromCompressedByteBuffer(bytes, MOST_MICROS);
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("latency must be a HdrHistogram in base 64", e);
    }
  }

  /** NaN when nothing was recorded. */
  public static double percentileMs(Histogram micros, double percentile) {
    return micros.getTotalCount() == 0
        ? Double.NaN
        : micros.getValueAtPercentile(percentile) / 1000.0;
  }
}
