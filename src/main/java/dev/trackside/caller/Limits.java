package dev.trackside.caller;

/**
 * How much one address may do.
 *
 * @param connections open connections, WebSockets and event streams together
 * @param handshakes connections opened a second, and at once
 * @param claims runners claimed a second, and {@value #BURST} times as many at once; the same again
 *     for runners changed or erased
 * @param wrongKeys how many wrong keys within a minute are too many
 * @param positions positions a second, whatever brings them
 * @param positionBurst positions at once
 * @param loopback whether the limits apply to this machine too
 */
public record Limits(
    int connections,
    int handshakes,
    int claims,
    int wrongKeys,
    int positions,
    int positionBurst,
    boolean loopback) {
  static final int BURST = 5;
}
