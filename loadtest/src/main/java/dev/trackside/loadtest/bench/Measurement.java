package dev.trackside.loadtest.bench;

/**
 * The measurements of a round; NaN for those that a workload does not have.
 *
 * @param micros server CPU for each delivered position
 * @param skipped positions left out and announced
 * @param bytes bytes received for each delivered position
 * @param kibPerConnection resident memory for each idle connection
 * @param idlePercent the part of one processor used with idle connections
 */
record Measurement(
    double micros,
    double perSecond,
    double p50Ms,
    double p99Ms,
    long lost,
    long skipped,
    double bytes,
    double rssMib,
    double kibPerConnection,
    double idlePercent) {}
