package dev.trackside.api;

import java.io.ByteArrayInputStream;
import java.util.Random;

/** Bytes as they come from a network: a few at a time, never as many as one asked for. */
final class Pieces extends ByteArrayInputStream {
  private final int most;
  private final Random chance;

  Pieces(byte[] bytes, int most, Random chance) {
    super(bytes);
    this.most = most;
    this.chance = chance;
  }

  @Override
  public synchronized int read(byte[] bytes, int offset, int length) {
    return super.read(bytes, offset, length == 0 ? 0 : Math.min(length, 1 + chance.nextInt(most)));
  }
}
