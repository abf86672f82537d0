/**
 * The heart: what a runner, a fix and a position are, and the log that turns the one into the
 * other. Knows nothing of sockets, pages or storage; everything else in the house is built on it.
 */
@NullMarked
package dev.trackside.track;

import org.jspecify.annotations.NullMarked;
