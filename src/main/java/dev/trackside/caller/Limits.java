package dev.trackside.caller;

/**
 * How much one address may do.
 *
 * @param connections how many it may have open, WebSockets and event streams together
 * @param handshakes how many it may open a second, and at once
 * @param claims how many runners it may claim a second, and {@value #BURST} times as many at once
 * @param wrongKeys from which wrong key within a minute on it is sent away
 * @param loopback whether this machine is limited too
 */
public record Limits(int connections, int handshakes, int claims, int wrongKeys, boolean loopback) {
  static final int BURST = 5;
}
