package dev.trackside.fuzz;

import java.io.ByteArrayInputStream;
import java.util.Random;

/** Bytes as they come from a network: a few at a time, never as many as one asked for. */
public final class TricklingBytes extends ByteArrayInputStream {
  private final int most;
  private final Random chance;

  public TricklingBytes(byte[] bytes, int most, Random chance) {
    super(bytes);
    this.most = most;
    this.chance = chance;
  }

  @Override
  public synchronized int read(byte[] bytes, int offset, int length) {
    return super.read(bytes, offset, length == 0 ? 0 : Math.min(length, 1 + chance.nextInt(most)));
  }
}
