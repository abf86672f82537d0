package dev.trackside.phone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.fuzz.Expect;
import dev.trackside.fuzz.GoodFix;
import dev.trackside.fuzz.Target;
import dev.trackside.json.Json;
import dev.trackside.track.Fix;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Fuzzes the reader of phone apps' requests, a query in the first line and then a body. It makes
 * good fixes and short messages, and the same ones every time.
 */
public final class PhonesTarget implements Target {
  private static final int LEAST_BYTES_OF_A_FIX = 20;

  /** The decoded request, for comparing. */
  private record Outcome(
      PhoneProtocol protocol,
      List<Fix> fixes,
      Map<Junk.Kind, Long> junkCounts,
      List<Junk> junk,
      boolean sos) {}

  @Override
  public void take(byte[] bytes) {
    int line = 0;
    while (line < bytes.length && bytes[line] != '\n') {
      line++;
    }
    String query = new String(bytes, 0, line, ISO_8859_1);
    byte[] body = Arrays.copyOfRange(bytes, Math.min(line + 1, bytes.length), bytes.length);
    Outcome outcome = outcome(query, body);
    check(outcome, bytes.length);
    Expect.same(outcome(query, body), outcome, "decoding it again gives the same");
    if (body.length > 0 && body[0] != (byte) 0xef) {
      Expect.same(
          outcome(query, joined("\r\n ", body, "")), outcome, "blanks in front change nothing");
    }
    if (query.isEmpty() && isOneObject(body)) {
      Expect.same(
          outcome("", joined("[", body, "]")), outcome, "a list of one says what its element says");
    }
  }

  private static Outcome outcome(String query, byte[] body) {
    Decoded decoded = RequestReader.of(query.isEmpty() ? null : query, body);
    return new Outcome(
        decoded.protocol(),
        List.copyOf(decoded.fixes()),
        Map.copyOf(decoded.junkCounts()),
        List.copyOf(decoded.newestJunk()),
        decoded.asksForHelp());
  }

  private static void check(Outcome outcome, int length) {
    int most = 1 + length / LEAST_BYTES_OF_A_FIX;
    Expect.that(outcome.fixes.size() <= most, "a fix takes bytes", outcome.fixes.size(), length);
    for (Fix fix : outcome.fixes) {
      GoodFix.check(fix);
      Expect.that(fix.latDeg() != 0 || fix.lonDeg() != 0, "0, 0 is no place", fix);
      Expect.that(fix.extras().isEmpty(), "nothing is passed on unread", fix);
    }
    long junk = outcome.junkCounts.values().stream().mapToLong(count -> count).sum();
    Expect.that(junk <= 1 + length, "junk takes bytes", junk, length);
    Expect.that(
        outcome.junk.size() == Math.min(junk, Quarantine.MOST_EACH),
        "the newest junk is told",
        outcome.junk.size(),
        junk);
    for (Junk piece : outcome.junk) {
      Expect.words(piece.words());
    }
  }

  private static byte[] joined(String before, byte[] bytes, String after) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(before.getBytes(UTF_8));
    all.writeBytes(bytes);
    all.writeBytes(after.getBytes(UTF_8));
    return all.toByteArray();
  }

  /** Whether a body is one whole object. */
  private static boolean isOneObject(byte[] body) {
    try (JsonParser parser = Json.parser(body, 0, body.length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }
}
