package dev.trackside.call;

import dev.trackside.access.Key;
import dev.trackside.caller.RetryAfter;
import dev.trackside.track.Runner;
import io.javalin.http.HttpResponseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call that cannot be done: the status, a code for programs, a sentence for people. */
public final class Problem extends HttpResponseException {
  private static final long serialVersionUID = 1;
  private static final int RETRY_SECONDS = 5;

  public final String code;

  /** When to come back, or 0. */
  public final long retryAfterSeconds;

  /** Whether a key was shown that is not one for this. */
  public final boolean wrongKey;

  private Problem(int status, String code, String words, long retryAfterSeconds) {
    this(status, code, words, retryAfterSeconds, false);
  }

  private Problem(int status, String code, String words, long retryAfterSeconds, boolean wrongKey) {
    super(status, words, Map.of());
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
    this.wrongKey = wrongKey;
  }

  public static Problem badRequest(String words) {
    return new Problem(400, "bad_request", words, 0);
  }

  public static Problem badId(String words) {
    return new Problem(400, "bad_id", words, 0);
  }

  public static Problem badJson(String words) {
    return new Problem(400, "bad_json", words, 0);
  }

  public static Problem keyMissing(Runner runner) {
    return new Problem(401, "key_missing", runner + " needs a key.", 0);
  }

  public static Problem keyWrong(Runner runner) {
    String words = "This key is not, or no longer, that of " + runner + ".";
    return new Problem(403, "key_wrong", words, 0, true);
  }

  /** For calls that have no runner but the one whose key is shown. */
  public static Problem keyOfARunner(@Nullable Key shown) {
    return shown == null
        ? new Problem(401, "key_missing", "This needs the key of a runner.", 0)
        : new Problem(401, "key_wrong", "This key is not, or no longer, a runner's.", 0, true);
  }

  public static Problem notAllowed(String words) {
    return new Problem(403, "not_allowed", words, 0);
  }

  /** For what only the admin key may do. */
  public static Problem adminKey(String words, @Nullable Key shown) {
    return shown == null
        ? new Problem(401, "key_missing", words, 0)
        : new Problem(403, "key_wrong", words, 0, true);
  }

  public static Problem linkEnded() {
    return new Problem(403, "link_ended", "This link has ended.", 0);
  }

  public static Problem linkEnded(String name) {
    return new Problem(
        403, "link_ended", "This link has ended. Ask " + name + " for a new one.", 0);
  }

  public static Problem noSuchLink() {
    return new Problem(
        404, "not_found", "There is no such link. Was it copied to its last letter?", 0, true);
  }

  public static Problem unclaimed(Runner runner) {
    return new Problem(404, "unclaimed", "Nobody has claimed " + runner + ".", 0);
  }

  public static Problem unknownLink() {
    return new Problem(404, "not_found", "There is no such link, or it has ended.", 0);
  }

  public static Problem taken(Runner runner) {
    return conflict(
        runner + " is taken: somebody has claimed it, or used it in the last 24 hours.");
  }

  public static Problem tooSlow() {
    return new Problem(408, "request_timeout", "The body came too slowly.", 0);
  }

  public static Problem conflict(String words) {
    return new Problem(409, "conflict", words, 0);
  }

  public static Problem foreignOrigin() {
    return new Problem(403, "foreign_origin", "Pages of this origin may not change anything.", 0);
  }

  /** The same for a runner who is not there and for one of whom the caller may not know. */
  public static Problem unknown(Runner runner) {
    return new Problem(404, "not_found", "There are no positions of " + runner + ".", 0);
  }

  /** To somebody who has shown a key that is not one for this, the runner is unknown as well. */
  public static Problem hidden(Runner runner) {
    Problem unknown = unknown(runner);
    return new Problem(404, unknown.code, String.valueOf(unknown.getMessage()), 0, true);
  }

  public static Problem tooMany(RetryAfter later) {
    return new Problem(429, "too_many_requests", later.words(), later.seconds());
  }

  public static Problem gone(long after) {
    String words =
        "after=%d is not of this log: drop what you have, and read from after=0.".formatted(after);
    return new Problem(410, "gone", words, 0);
  }

  public static Problem tooLarge(String words) {
    return new Problem(413, "too_large", words, 0);
  }

  public static Problem unavailable(String words) {
    return new Problem(503, "unavailable", words, RETRY_SECONDS);
  }
}
