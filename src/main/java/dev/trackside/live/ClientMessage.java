package dev.trackside.live;

import dev.trackside.access.Key;
import dev.trackside.track.Fix;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * What one message of a client says; what it does not say is null or empty.
 *
 * @param id the feed to register for, or the runner whose position this is
 * @param position whether it carries a position, even a bad one
 * @param fix the position, when it is a good one
 * @param flaw why the position is a bad one
 * @param ref what the sender calls the position, as JSON
 * @param ping what a ping carries, as JSON
 * @param after where to resume: the numbers by feed, or under "" for the feed registered for
 * @param trail how many positions of the past: by feed, or under "" for all
 * @param compact whether positions shall come as binary frames
 * @param keys what is shown for the right to do it: by feed, or under "" for all
 */
record ClientMessage(
    @Nullable String id,
    boolean position,
    @Nullable Fix fix,
    @Nullable String flaw,
    @Nullable RawValue ref,
    @Nullable RawValue ping,
    @Nullable List<String> follow,
    @Nullable List<String> unfollow,
    Map<String, Long> after,
    Map<String, Long> trail,
    Map<String, Key> keys,
    @Nullable Boolean echo,
    @Nullable Boolean batch,
    boolean compact,
    @Nullable Boolean events,
    @Nullable Long paceMs) {
  boolean isCommand() {
    return ping != null || follow != null || unfollow != null;
  }
}
