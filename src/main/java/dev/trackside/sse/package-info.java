/**
 * Server-Sent Events on an endpoint of Jetty's: a response that does not end. Knows no runner; the
 * way out is the one of the WebSockets.
 */
@NullMarked
package dev.trackside.sse;

import org.jspecify.annotations.NullMarked;
