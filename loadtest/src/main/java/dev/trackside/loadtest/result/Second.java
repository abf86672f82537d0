package dev.trackside.loadtest.result;

/**
 * One second of the race. What is unknown is NaN, and null in JSON: the percentiles of a second
 * without deliveries, and the server's figures when it is not local.
 *
 * @param at its number, 0 is the first
 * @param open connections at its end
 * @param sent positions that left in it
 * @param delivered positions that spectators got in it
 * @param cores how many processors the server kept busy
 * @param rssMib the server's resident memory at its end
 */
public record Second(
    int at,
    int open,
    long sent,
    long delivered,
    double p50Ms,
    double p99Ms,
    double maxMs,
    double cores,
    double rssMib) {}
