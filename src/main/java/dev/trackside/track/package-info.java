/**
 * The words of the house: what a runner, a fix and a position are, and the contracts of the log
 * that turns the one into the other. Uses the JDK alone; everything else is built on it.
 */
@NullMarked
package dev.trackside.track;

import org.jspecify.annotations.NullMarked;
