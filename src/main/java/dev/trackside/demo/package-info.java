/**
 * The rehearsal: recorded runs replayed as if they were live, through the same door as phones. All
 * its runners are in the race {@code rehearsal}, so that nobody takes them for real.
 */
@NullMarked
package dev.trackside.demo;

import org.jspecify.annotations.NullMarked;
