/**
 * WebSocket as RFC 6455 has it, on an endpoint of Jetty's: the door, the frames, the connection.
 * Knows no runner. Beside sse the only room that uses Jetty's connection types.
 */
@NullMarked
package dev.trackside.websocket;

import org.jspecify.annotations.NullMarked;
