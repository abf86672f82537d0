package dev.trackside.caller;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The proxies whose word about their limits is taken. Immutable.
 *
 * @param blocks where they are
 */
public record Proxies(List<AddressBlock> blocks) {
  public Proxies {
    blocks = List.copyOf(blocks);
  }

  public boolean trust(InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  /**
   * Who has called, when a trusted proxy passes a call on: the last address that is not itself a
   * trusted proxy's. What stands before it may be forged. Where there is none, or something else
   * stands in its place, it is the proxy.
   *
   * @param forwardedFor the lines of {@code X-Forwarded-For}
   * @param forwarded the lines of {@code Forwarded} (RFC 7239), which count when there is none of
   *     the other
   */
  public InetAddress caller(InetAddress proxy, List<String> forwardedFor, List<String> forwarded) {
    boolean usual = !forwardedFor.isEmpty();
    String[] hops = String.join(",", usual ? forwardedFor : forwarded).split(",", -1);
    for (int i = hops.length - 1; i >= 0; i--) {
      String hop = usual ? hops[i].strip() : nodeOf(hops[i]);
      Optional<InetAddress> address = Addresses.parseWithPort(hop);
      if (address.isEmpty()) {
        return proxy;
      }
      if (!trust(address.get())) {
        return address.get();
      }
    }
    return proxy;
  }

  /** {@code 192.0.2.60} in {@code proto=http;for="192.0.2.60";by=203.0.113.43}. */
  private static String nodeOf(String hop) {
    for (String pair : hop.split(";", -1)) {
      String stripped = pair.strip();
      if (stripped.regionMatches(true, 0, "for=", 0, 4)) {
        return stripped.substring(4).replace("\"", "");
      }
    }
    return "";
  }
}
