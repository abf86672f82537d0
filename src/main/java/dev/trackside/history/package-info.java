/**
 * The log on disk: one SQLite database, written by one thread. New positions are in memory and in a
 * journal, older ones in tracks, runner by runner.
 */
@NullMarked
package dev.trackside.history;

import org.jspecify.annotations.NullMarked;
