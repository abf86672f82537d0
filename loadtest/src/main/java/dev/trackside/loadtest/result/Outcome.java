package dev.trackside.loadtest.result;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a race. Immutable.
 *
 * @param startedMs when it began, epoch ms
 * @param plan what was asked for, in words, in the order to be shown
 * @param latency a {@link Latency}: from when a position was due until it was delivered
 * @param seconds in order; a second without traffic is there, too
 * @param server what the server used; null when it is not local
 * @param failures a sentence for each threshold that was missed
 * @param notes what went wrong besides, and how often
 */
public record Outcome(
    String target,
    long startedMs,
    Map<String, String> plan,
    Counts counts,
    String latency,
    List<Second> seconds,
    @Nullable Use server,
    List<String> failures,
    List<String> notes) {}
