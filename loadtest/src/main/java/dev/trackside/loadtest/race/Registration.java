package dev.trackside.loadtest.race;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a spectator asks for when he connects. Immutable.
 *
 * @param codec empty for the usual one
 * @param paceMs null for the server's own
 */
public record Registration(
    boolean batch, String codec, @Nullable Integer paceMs, boolean events, String key) {
  /** Well below the 4,096 bytes of a message, with the longest names and numbers. */
  private static final int FEEDS_A_MESSAGE = 20;

  /**
   * The messages to send, the first with the options.
   *
   * @param after by the feed's place in the list: its greatest number that is there, or 0
   */
  List<String> messages(List<String> feeds, IntToLongFunction after) {
    var messages = new ArrayList<String>();
    for (int from = 0; from < feeds.size(); from += FEEDS_A_MESSAGE) {
      int to = Math.min(feeds.size(), from + FEEDS_A_MESSAGE);
      var follow = new StringJoiner(",", "\"follow\":[", "]");
      var numbers = new StringJoiner(",", ",\"after\":{", "}").setEmptyValue("");
      for (int i = from; i < to; i++) {
        String feed = '"' + feeds.get(i) + '"';
        follow.add(feed);
        if (after.applyAsLong(i) > 0) {
          numbers.add(feed + ':' + after.applyAsLong(i));
        }
      }
      messages.add("{" + follow + numbers + (from == 0 ? options() : "") + "}");
    }
    return messages;
  }

  private String options() {
    return (batch ? ",\"batch\":true" : "")
        + (codec.isEmpty() ? "" : ",\"codec\":\"" + codec + '"')
        + (paceMs == null ? "" : ",\"pace\":" + paceMs)
        + (events ? ",\"events\":true" : "")
        + (key.isEmpty() ? "" : ",\"key\":\"" + key + '"');
  }
}
