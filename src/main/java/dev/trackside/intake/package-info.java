/**
 * The only way for fixes into the log: checks rights and open runs, waits for capacity, and counts
 * what became of them.
 */
@NullMarked
package dev.trackside.intake;

import org.jspecify.annotations.NullMarked;
