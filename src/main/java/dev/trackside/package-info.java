/** Trackside: live tracking for runs and races. The root wires the rooms together. */
@NullMarked
package dev.trackside;

import org.jspecify.annotations.NullMarked;
