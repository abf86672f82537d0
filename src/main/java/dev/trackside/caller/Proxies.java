package dev.trackside.caller;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The blocks of addresses whose proxies are believed. Immutable. */
public record Proxies(List<AddressBlock> blocks) {
  public Proxies {
    blocks = List.copyOf(blocks);
  }

  public boolean trust(InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  /**
   * The address that a trusted proxy forwards for: the last one that is not itself a trusted
   * proxy's, since those before it may be forged. If there is none, or it is no address, the proxy.
   *
   * @param forwardedFor the values of {@code X-Forwarded-For}
   * @param forwarded the values of {@code Forwarded} (RFC 7239), used when the other is missing
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

  /** Finds {@code 192.0.2.60} in {@code proto=http;for="192.0.2.60";by=203.0.113.43}. */
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
