package dev.trackside.loadtest.result;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a race.
 *
 * @param startedMs when it began, epoch ms
 * @param plan the options in words, in the order to show them
 * @param latency a {@link Latency}: from when a position was due until it was delivered
 * @param seconds all seconds in order, even those without traffic
 * @param server what the server used; null when it is not local
 * @param failures a sentence for each missed threshold
 * @param notes other problems, and how often they occurred
 */
public record Outcome(
    String target,
    long startedMs,
    Map<String, String> plan,
    Counts counts,
    String latency,
    List<Second> seconds,
    @Nullable ServerUse server,
    List<String> failures,
    List<String> notes) {}
