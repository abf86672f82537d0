package dev.trackside.caller;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An address as it is counted: one of IPv4 alone, of IPv6 the 64 bits that a household has.
 *
 * @param kind 4 or 6; 0 for all who share {@link #OTHERS}
 */
record Network(int kind, long bits) {
  /** Those for whom there was no room of their own. */
  static final Network OTHERS = new Network(0, 0);

  static Network of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return bytes.remaining() == 4
        ? new Network(4, bytes.getInt())
        : new Network(6, bytes.getLong());
  }
}
