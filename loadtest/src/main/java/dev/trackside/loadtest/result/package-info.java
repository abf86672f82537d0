/** The outcome of a race: its figures, file, merging and thresholds. */
@NullMarked
package dev.trackside.loadtest.result;

import org.jspecify.annotations.NullMarked;
