package dev.trackside.caller;

/**
 * The answer to a caller that asks for too much at once.
 *
 * @param words the rule, for people
 * @param seconds how long to stay away
 */
public record RetryAfter(String words, long seconds) {}
