/**
 * The domain: runners, fixes and positions, and the contracts of the log that turns fixes into
 * positions. Uses the JDK alone; everything else builds on it.
 */
@NullMarked
package dev.trackside.track;

import org.jspecify.annotations.NullMarked;
