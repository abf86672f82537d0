package dev.trackside.loadtest.bench;

import dev.trackside.loadtest.result.Gauge;

/**
 * What a server had at a moment.
 *
 * @param heapMib after a collection
 * @param filesBeside open files that are no connections of ours
 */
record Sample(
    double seconds,
    double heapMib,
    double rssMib,
    int filesBeside,
    int threads,
    int connections,
    double cpuSeconds,
    long delivered,
    long lost) {

  static Sample of(double seconds, Gauge gauge, Crowd crowd) {
    double rssMib = gauge.rssMib();
    int connections = crowd.openAtServer();
    int files = gauge.descriptors();
    return new Sample(
        seconds,
        gauge.heapAfterGcMib(),
        rssMib,
        files - connections,
        gauge.threads(),
        connections,
        gauge.cpuSeconds(),
        crowd.tally.delivered,
        crowd.tally.lost);
  }
}
