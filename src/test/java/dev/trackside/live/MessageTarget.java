package dev.trackside.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.trackside.access.Key;
import dev.trackside.fuzz.Expect;
import dev.trackside.fuzz.GoodFix;
import dev.trackside.fuzz.Target;
import dev.trackside.json.PositionReader;
import dev.trackside.track.Fix;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one message, which is understood or refused in a few words that never repeat a key. A fix
 * that is taken is a good one, and comes back from what spectators are sent.
 */
public final class MessageTarget implements Target {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_REF = 64;

  /** What became of a message: understood, or refused. */
  private sealed interface Outcome {
    record Understood(ClientMessage message, Map<String, Key.Hash> keys) implements Outcome {}

    record Refused(Refusal.Code code, String words) implements Outcome {}
  }

  @Override
  public void take(byte[] bytes) throws Exception {
    Outcome outcome = outcome(bytes, "");
    Outcome behindOthers = outcome(bytes, "}],\"id\":\"behind\"");
    Expect.same(behindOthers, outcome, "what lies behind a message changes nothing");
    switch (outcome) {
      case Outcome.Refused(_, String words) -> Expect.words(words);
      case Outcome.Understood(ClientMessage message, _) -> check(message, bytes);
    }
    byte[] withOtherKeys = Keys.replaced(bytes);
    if (!Arrays.equals(withOtherKeys, bytes)) {
      Expect.same(
          withoutKeys(outcome(withOtherKeys, "")),
          withoutKeys(outcome),
          "a key changes nothing but the key");
    }
  }

  private static Outcome outcome(byte[] bytes, String behind) {
    byte[] rest = behind.getBytes(UTF_8);
    byte[] all = Arrays.copyOf(bytes, bytes.length + rest.length);
    System.arraycopy(rest, 0, all, bytes.length, rest.length);
    try {
      ClientMessage m = MessageReader.read(all, bytes.length);
      var keys = new TreeMap<String, Key.Hash>();
      m.keys().forEach((feed, key) -> keys.put(feed, key.hash()));
      return new Outcome.Understood(withKeys(m, Map.of()), keys);
    } catch (Refusal refusal) {
      return new Outcome.Refused(refusal.code, refusal.words());
    }
  }

  private static ClientMessage withKeys(ClientMessage m, Map<String, Key> keys) {
    return new ClientMessage(
        m.id(),
        m.position(),
        m.fix(),
        m.flaw(),
        m.ref(),
        m.ping(),
        m.follow(),
        m.unfollow(),
        m.after(),
        m.trail(),
        keys,
        m.echo(),
        m.batch(),
        m.compact(),
        m.events(),
        m.paceMs());
  }

  private static Object withoutKeys(Outcome outcome) {
    return outcome instanceof Outcome.Understood(ClientMessage m, Map<String, Key.Hash> keys)
        ? Map.entry(m, keys.keySet())
        : outcome;
  }

  private static void check(ClientMessage message, byte[] bytes) throws Exception {
    Expect.that(
        !message.position() || message.fix() != null || message.flaw() != null,
        "a position is a good or a bad one",
        message);
    Expect.that(
        message.fix() == null || (message.position() && message.flaw() == null),
        "but not both",
        message);
    if (message.flaw() != null) {
      Expect.words(message.flaw());
    }
    if (message.position()) {
      checkSameInABatch(message, bytes);
    }
    if (message.fix() != null) {
      GoodFix.check(message.fix());
    }
    if (message.ping() != null) {
      JsonNode ping = JSON.readTree(Messages.pong(message.ping())).path("ping");
      Expect.that(ping.isNumber() || ping.isString(), "a ping comes back", ping);
      boolean isShort = ping.isNumber() || ping.stringValue().length() <= LONGEST_REF;
      Expect.that(isShort, "a ping is short", ping);
    }
    checkNumbers(message.trail(), 10_000);
    checkNumbers(message.after(), Long.MAX_VALUE);
    Long pace = message.paceMs();
    Expect.that(pace == null || (pace >= 0 && pace <= 60_000), "a pace is in range", message);
  }

  private static void checkNumbers(Map<String, Long> numbers, long most) {
    for (long number : numbers.values()) {
      Expect.that(number >= 0 && number <= most, "a number is in range", number);
    }
  }

  /** The same object in a post must be the same fix, or have the same flaw. */
  private static void checkSameInABatch(ClientMessage message, byte[] bytes) {
    PositionReader reader = GoodFix.read(bytes);
    Fix fix = reader.fix();
    if (message.fix() != null) {
      Expect.same(requireNonNull(fix), message.fix(), "a post takes the same fix");
    } else {
      Expect.that(fix == null, "a post refuses it too", String.valueOf(fix));
      Expect.same(reader.flaw(), requireNonNull(message.flaw()), "a post says the same");
    }
  }
}
