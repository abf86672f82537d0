package dev.trackside.loadtest.result;

/**
 * What the server used. Unknown values are NaN, and null in JSON.
 *
 * @param cpuSeconds user and system time
 * @param microsPerDelivery CPU time for each position that a spectator got
 * @param heapAfterGcMib the heap after a full collection at the end; only with {@code --heap}
 * @param descriptorsEnd open files at the end, while everyone is still connected
 * @param threadsEnd threads at the same time
 */
public record ServerUse(
    double cpuSeconds,
    double microsPerDelivery,
    double rssStartMib,
    double rssMostMib,
    double rssEndMib,
    double heapAfterGcMib,
    int descriptorsEnd,
    int threadsEnd) {}
