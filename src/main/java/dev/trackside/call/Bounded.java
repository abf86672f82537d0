package dev.trackside.call;

import java.io.IOException;
import java.io.InputStream;

/** A stream of which no more than a bound is read. */
final class Bounded extends InputStream {
  private final InputStream in;
  private final String words;
  private int left;

  /**
   * @param words what is said when there is more
   */
  Bounded(InputStream in, int most, String words) {
    this.in = in;
    this.words = words;
    this.left = most;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, Math.min(length, left + 1));
    left -= Math.max(0, count);
    if (left < 0) {
      throw Problem.tooLarge(words);
    }
    return count;
  }
}
