package dev.trackside.live;

import dev.trackside.access.Key;
import dev.trackside.track.Fix;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * One message of a client; members that it does not have are null or empty.
 *
 * @param id the feed to register for, or the runner of the position
 * @param position whether there is a position, good or bad
 * @param fix the position, if it is a good one
 * @param flaw what is wrong with the position
 * @param ref the sender's name for the position, as JSON
 * @param ping what a ping carries, as JSON
 * @param after the number to resume after, by feed, or under "" for the registered one
 * @param trail how many past positions to send, by feed, or under "" for all
 * @param compact whether to send positions in binary frames
 * @param keys the keys shown, by feed, or under "" for all
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
