package dev.trackside.phone;

/**
 * Something that is no position.
 *
 * @param words why, a sentence for the runner
 */
record Junk(Dialect dialect, Reason reason, String words) {}
