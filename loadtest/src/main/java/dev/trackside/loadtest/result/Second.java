package dev.trackside.loadtest.result;

/**
 * One second of a race. Unknown values are NaN, and null in JSON: the percentiles of a second
 * without deliveries, and the server's figures when it is not local.
 *
 * @param at its index, from 0
 * @param open connections open at its end
 * @param sent positions sent in it
 * @param delivered positions that spectators got in it
 * @param cores the number of processors that the server kept busy
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
