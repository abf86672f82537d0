/**
 * The log on disk: one SQLite database, written by one thread. What has just arrived is in memory
 * and in a journal; what is older is in tracks, runner by runner.
 */
@NullMarked
package dev.trackside.history;

import org.jspecify.annotations.NullMarked;
