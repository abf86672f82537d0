package dev.trackside.loadtest.race;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How spectators register.
 *
 * @param codec empty for JSON
 * @param paceMs null for the server's default
 */
public record Registration(
    boolean batch, String codec, @Nullable Integer paceMs, boolean events, String key) {
  /** Keeps a message well below 4,096 bytes even with the longest names and numbers. */
  private static final int FEEDS_A_MESSAGE = 20;

  /**
   * The messages to send, the first with the options.
   *
   * @param after the greatest seq known of each feed, by its index in the list, or 0
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
