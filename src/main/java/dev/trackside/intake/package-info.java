/** The only way for fixes into the log: checks rights and runs, waits for room, and counts. */
@NullMarked
package dev.trackside.intake;

import org.jspecify.annotations.NullMarked;
