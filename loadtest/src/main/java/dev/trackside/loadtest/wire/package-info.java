/** Connections, seen from the client. */
@NullMarked
package dev.trackside.loadtest.wire;

import org.jspecify.annotations.NullMarked;
