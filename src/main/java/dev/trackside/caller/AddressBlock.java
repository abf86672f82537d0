package dev.trackside.caller;

import java.net.InetAddress;

/**
 * The addresses that share a prefix, such as {@code 10.0.0.0/8}, or a single address.
 *
 * @param bits the length of the prefix
 */
public record AddressBlock(InetAddress address, int bits) {
  /**
   * Reads an address, or an address and the length of the prefix with a slash between.
   *
   * @throws IllegalArgumentException when the text is neither
   */
  public static AddressBlock of(String text) {
    int slash = text.indexOf('/');
    InetAddress address =
        Addresses.parse(slash < 0 ? text : text.substring(0, slash)).orElseThrow(() -> wrong(text));
    int most = address.getAddress().length * Byte.SIZE;
    String bits = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
    if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > most) {
      throw wrong(text);
    }
    return new AddressBlock(address, Integer.parseInt(bits));
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "must be an address or a block such as 10.0.0.0/8, got \"" + text + "\"");
  }

  boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
