package dev.trackside.loadtest.result;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Latencies as text: an HdrHistogram of microseconds with 3 digits, compressed (V2) and in base 64.
 */
public final class Latency {
  /** The greatest latency; longer ones count as this. */
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
   * Reads a histogram.
   *
   * @throws IllegalArgumentException when the text is not one
   */
  public static Histogram decode(String text) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
      return Histogram.decodeFromCompressedByteBuffer(bytes, MOST_MICROS);
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("latency must be an HdrHistogram in base 64", e);
    }
  }

  /** A percentile, or NaN when nothing was recorded. */
  public static double percentileMs(Histogram micros, double percentile) {
    return micros.getTotalCount() == 0
        ? Double.NaN
        : micros.getValueAtPercentile(percentile) / 1000.0;
  }
}
