package dev.trackside.caller;

/**
 * The answer to somebody who asks for too much at once.
 *
 * @param words the rule, for people
 * @param seconds when he may come back
 */
public record RetryAfter(String words, long seconds) {}
