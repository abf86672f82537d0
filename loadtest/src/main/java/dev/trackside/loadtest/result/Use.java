package dev.trackside.loadtest.result;

/**
 * What the server used. What could not be found out is NaN, and null in JSON.
 *
 * @param cpuSeconds user and system time together
 * @param microsPerDelivery CPU for each position that a spectator got
 * @param heapAfterGcMib what a full collection at the end left; only asked for with {@code --heap}
 * @param descriptorsEnd open files at the end, while everybody was still connected
 * @param threadsEnd threads, at the same moment
 */
public record Use(
    double cpuSeconds,
    double microsPerDelivery,
    double rssStartMib,
    double rssMostMib,
    double rssEndMib,
    double heapAfterGcMib,
    int descriptorsEnd,
    int threadsEnd) {}
