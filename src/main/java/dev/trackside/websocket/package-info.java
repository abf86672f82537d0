/**
 * WebSocket (RFC 6455) on Jetty's endpoint: handshake, frames, compression, the connection. Knows
 * no runner.
 */
@NullMarked
package dev.trackside.websocket;

import org.jspecify.annotations.NullMarked;
