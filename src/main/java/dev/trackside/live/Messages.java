package dev.trackside.live;

import dev.trackside.hub.Notice;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import dev.trackside.track.Verdict;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** The server's messages as JSON, but for positions. */
final class Messages {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Messages() {}

  static byte[] welcome(
      String server, Feed feed, Status status, boolean mayPublish, Duration pace) {
    return bytes(
        message("welcome")
            .put("id", feed.toString())
            .put("state", wire(status.state()))
            .put("watching", status.watching())
            .put("publish", mayPublish)
            .put("pace", pace.toMillis())
            .put("server", server));
  }

  static byte[] of(Notice notice) {
    return switch (notice) {
      case Notice.Reset(Feed feed) -> bytes(message("reset").put("id", feed.toString()));
      case Notice.Erased(Runner runner) -> bytes(message("erased").put("id", runner.id()));
      case Notice.RunnerStatus(Runner runner, Status status) -> status(runner, status);
    };
  }

  private static byte[] status(Runner runner, Status status) {
    ObjectNode message =
        message("status")
            .put("id", runner.id())
            .put("state", wire(status.state()))
            .put("watching", status.watching())
            .put("heard", status.heardMs());
    if (status.sosMs() > 0) {
      message.put("sos", status.sosMs());
    }
    if (status.finishedMs() > 0) {
      message.put("finished", status.finishedMs());
    }
    return bytes(status.behind() > 0 ? message.put("behind", status.behind()) : message);
  }

  static byte[] ack(RawValue ref, Verdict verdict) {
    ObjectNode message = message("ack").putRawValue("ref", ref);
    return bytes(
        switch (verdict) {
          case Verdict.Accepted(long seq) -> message.put("seq", seq).put("verdict", "accepted");
          case Verdict.Late(long seq) -> message.put("seq", seq).put("verdict", "late");
          case Verdict.Duplicate(long seq) -> message.put("seq", seq).put("verdict", "duplicate");
          case Verdict.Refused(String why) -> message.put("verdict", "refused").put("message", why);
          case Verdict.NoRoom(String why) -> message.put("verdict", "refused").put("message", why);
        });
  }

  static byte[] pong(RawValue ping) {
    return bytes(message("pong").putRawValue("ping", ping));
  }

  static byte[] error(Refusal refusal) {
    ObjectNode message =
        message("error").put("code", wire(refusal.code)).put("message", refusal.words());
    return bytes(refusal.ref == null ? message : message.putRawValue("ref", refusal.ref));
  }

  private static ObjectNode message(String type) {
    return MAPPER.createObjectNode().put("type", type);
  }

  private static String wire(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static byte[] bytes(ObjectNode message) {
    return MAPPER.writeValueAsBytes(message);
  }
}
