/** The live protocol over WebSockets and event streams: registering, publishing, following. */
@NullMarked
package dev.trackside.live;

import org.jspecify.annotations.NullMarked;
