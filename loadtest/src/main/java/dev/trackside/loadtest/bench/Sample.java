package dev.trackside.loadtest.bench;

import dev.trackside.loadtest.result.Gauge;

/**
 * What a server used at some time.
 *
 * @param heapMib the heap after a garbage collection
 * @param filesBeside open files other than our connections
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
        crowd.counts.delivered,
        crowd.counts.lost);
  }
}
