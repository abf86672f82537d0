/** Server-Sent Events on Jetty's endpoint: a response that does not end. Knows no runner. */
@NullMarked
package dev.trackside.sse;

import org.jspecify.annotations.NullMarked;
