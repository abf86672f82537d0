/** A connection that stays open, and its way out: what WebSockets and event streams share. */
@NullMarked
package dev.trackside.connection;

import org.jspecify.annotations.NullMarked;
