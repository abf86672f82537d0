package dev.trackside.loadtest.bench;

/**
 * What a round came to. What a workload has not is NaN.
 *
 * @param micros of server CPU for each delivered position
 * @param skipped what was left out, and said to be
 * @param bytes received for each
 * @param kibPerConnection resident, for connections that send nothing
 * @param idlePercent of one processor, with these
 */
record Figures(
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
