package dev.trackside.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.trackside.access.Key;
import dev.trackside.fuzz.Expect;
import dev.trackside.fuzz.Target;
import dev.trackside.json.Json;
import dev.trackside.json.PositionJson;
import dev.trackside.json.PositionReader;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reader of one message: it understands it or says briefly why not, and never repeats a key. A
 * fix that it takes is a good one, and comes back from what the spectators are sent.
 */
public final class MessageTarget implements Target {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_REF = 64;
  private static final Runner ANNA = new Runner("anna");
  private static final long NOW_MS = 1_763_777_000_000L;

  /** What became of a message: it was understood, or the words to the sender. */
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
      checkFix(message.fix());
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

  /** The same object in a post is the same fix, or has the same flaw. */
  private static void checkSameInABatch(ClientMessage message, byte[] bytes) {
    PositionReader reader = read(bytes);
    Fix fix = reader.fix();
    if (message.fix() != null) {
      Expect.same(requireNonNull(fix), message.fix(), "a post takes the same fix");
    } else {
      Expect.that(fix == null, "a post refuses it too", String.valueOf(fix));
      Expect.same(reader.flaw(), requireNonNull(message.flaw()), "a post says the same");
    }
  }

  private static void checkFix(Fix fix) throws Exception {
    Expect.that(Math.abs(fix.latDeg()) <= 90, "lat is in range", fix);
    Expect.that(Math.abs(fix.lonDeg()) <= 180, "lon is in range", fix);
    double[] measures = {
      fix.altM(),
      fix.accuracyM(),
      fix.speedMps(),
      fix.headingDeg(),
      fix.batteryPercent(),
      fix.heartRateBpm(),
      fix.queue()
    };
    for (double measure : measures) {
      Expect.that(!Double.isInfinite(measure), "a measure is finite", fix);
    }
    Expect.that(fix.extras().getBytes(UTF_8).length <= Fix.EXTRAS_BYTES, "few extras", fix);
    long t = fix.hasTime() ? fix.tMs() : NOW_MS;
    String json = PositionJson.of(new Position(ANNA, 7, t, NOW_MS, true, fix, 0));
    PositionReader back = read(json.getBytes(UTF_8));
    Expect.same("anna", String.valueOf(back.id()), "the id comes back");
    Expect.that(back.fix() != null, "what spectators are sent is a good fix", json);
    Expect.same(requireNonNull(back.fix()), at(t, fix), "and the same fix");
    Expect.same(JSON.readTree(json).path("seq").asLong(), 7L, "the number is the log's");
  }

  private static Fix at(long tMs, Fix f) {
    return new Fix(
        tMs,
        f.latDeg(),
        f.lonDeg(),
        f.altM(),
        f.accuracyM(),
        f.speedMps(),
        f.headingDeg(),
        f.batteryPercent(),
        f.heartRateBpm(),
        f.queue(),
        f.extras());
  }

  private static PositionReader read(byte[] bytes) {
    try (JsonParser parser = Json.parser(bytes, 0, bytes.length)) {
      parser.nextToken();
      var reader = new PositionReader();
      reader.read(parser);
      return reader;
    }
  }
}
