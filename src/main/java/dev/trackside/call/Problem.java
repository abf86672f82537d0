package dev.trackside.call;

import dev.trackside.access.Key;
import dev.trackside.caller.RetryAfter;
import dev.trackside.track.Runner;
import io.javalin.http.HttpResponseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call that fails: its status, a code for programs and a sentence for people. */
public final class Problem extends HttpResponseException {
  private static final long serialVersionUID = 1;
  private static final int RETRY_SECONDS = 5;

  final String code;

  /** When to come back, or 0. */
  final long retryAfterSeconds;

  /** Whether the caller showed a wrong key, which counts against their address. */
  final boolean wrongKey;

  private Problem(int status, String code, String words, long retryAfterSeconds, boolean wrongKey) {
    super(status, words, Map.of());
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
    this.wrongKey = wrongKey;
  }

  private Problem(int status, String code, String words) {
    this(status, code, words, 0, false);
  }

  private static Problem wrongKey(int status, String code, String words) {
    return new Problem(status, code, words, 0, true);
  }

  public static Problem badRequest(String words) {
    return new Problem(400, "bad_request", words);
  }

  public static Problem badId(IllegalArgumentException flaw) {
    return new Problem(400, "bad_id", String.valueOf(flaw.getMessage()));
  }

  public static Problem badJson(String words) {
    return new Problem(400, "bad_json", words);
  }

  private static Problem keyMissing(String words) {
    return new Problem(401, "key_missing", words);
  }

  static Problem keyMissing(Runner runner) {
    return keyMissing(runner + " needs a key.");
  }

  static Problem keyWrong(Runner runner) {
    return wrongKey(403, "key_wrong", "This key is not, or no longer, that of " + runner + ".");
  }

  /** For calls that find the runner by the key. */
  public static Problem keyOfARunner(@Nullable Key shown) {
    return shown == null
        ? keyMissing("This needs a runner's key.")
        : wrongKey(401, "key_wrong", "This key is not, or no longer, a runner's.");
  }

  /** For calls that only the admin may make. */
  public static Problem adminKey(String words, @Nullable Key shown) {
    return shown == null ? keyMissing(words) : wrongKey(403, "key_wrong", words);
  }

  public static Problem notAllowed(String words) {
    return new Problem(403, "not_allowed", words);
  }

  public static Problem foreignOrigin(String words) {
    return new Problem(403, "foreign_origin", words);
  }

  public static Problem linkEnded() {
    return new Problem(403, "link_ended", "This link has ended.");
  }

  public static Problem linkEnded(String name) {
    return new Problem(403, "link_ended", "This link has ended. Ask " + name + " for a new one.");
  }

  /** For a page whose address holds a key that was never a link's. */
  public static Problem noSuchLink() {
    return wrongKey(404, "not_found", "There is no such link. Check that you copied all of it.");
  }

  public static Problem unknownLink() {
    return new Problem(404, "not_found", "There is no such link, or it has ended.");
  }

  public static Problem unclaimed(Runner runner) {
    return new Problem(404, "unclaimed", "Nobody has claimed " + runner + ".");
  }

  /** For a runner who does not exist, and for one that the caller may not know of. */
  public static Problem unknown(Runner runner) {
    return new Problem(404, "not_found", "There are no positions of " + runner + ".");
  }

  /** The same answer to a caller who has shown a wrong key. */
  static Problem hidden(Runner runner) {
    return wrongKey(404, "not_found", String.valueOf(unknown(runner).getMessage()));
  }

  static Problem tooSlow() {
    return new Problem(408, "request_timeout", "The body came too slowly.");
  }

  public static Problem conflict(String words) {
    return new Problem(409, "conflict", words);
  }

  /** For an {@code Idempotency-Key} that stands for another call. */
  public static Problem reused(String words) {
    return new Problem(422, "idempotency_key_reused", words);
  }

  public static Problem taken(Runner runner) {
    return conflict(
        runner + " is taken: somebody has claimed it, or used it in the last 24 hours.");
  }

  public static Problem gone(long after) {
    String words =
        "after=%d is not in this log: drop what you have and read from after=0.".formatted(after);
    return new Problem(410, "gone", words);
  }

  public static Problem tooLarge(String words) {
    return new Problem(413, "too_large", words);
  }

  public static Problem tooMany(RetryAfter later) {
    return new Problem(429, "too_many_requests", later.words(), later.seconds(), false);
  }

  public static Problem unavailable(String words) {
    return new Problem(503, "unavailable", words, RETRY_SECONDS, false);
  }
}
