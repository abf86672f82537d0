/** Connections, seen from the client. Knows no runner. */
@NullMarked
package dev.trackside.loadtest.wire;

import org.jspecify.annotations.NullMarked;
