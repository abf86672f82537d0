package dev.trackside.caller;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What an address counts as: itself for IPv4, the /64 of a household for IPv6.
 *
 * @param kind 4 or 6; 0 for {@link #OTHERS}
 */
record Network(int kind, long bits) {
  /** All addresses that there is no room to count by themselves. */
  static final Network OTHERS = new Network(0, 0);

  static Network of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return bytes.remaining() == 4
        ? new Network(4, bytes.getInt())
        : new Network(6, bytes.getLong());
  }
}
