package dev.trackside.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.access.Key;
import dev.trackside.access.Visibility;
import dev.trackside.fuzz.Expect;
import dev.trackside.fuzz.Target;
import dev.trackside.hub.Hub;
import dev.trackside.log.MemoryTrackLog;
import dev.trackside.log.Newest;
import dev.trackside.support.House;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends one connection's messages, a line each, to a log, hub and rights in memory. The answers
 * follow the protocol and hold no key, no right is bypassed, and nothing is left afterwards.
 */
public final class SessionTarget implements Target {
  private static final JsonMapper JSON = new JsonMapper();
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration LONG = Duration.ofHours(1);
  private static final int PATIENCE_SECONDS = 8;
  private static final int MOST_MESSAGES = 60;
  private static final int MOST_MESSAGE_BYTES = 4_096;
  private static final int LEAST_SECRET = 8;
  private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.1");
  private static final Runner CLAIMED = new Runner("claimed");
  private static final Set<String> TYPES =
      Set.of("position", "error", "ack", "pong", "welcome", "status", "reset", "erased");
  private static final Set<String> CODES =
      Set.of(
          "bad_json",
          "bad_id",
          "bad_position",
          "bad_command",
          "not_allowed",
          "too_many_feeds",
          "too_fast");
  private static final Set<Integer> GOODBYES = Set.of(0, 1008, 4401, 4403, 4429);

  private final ScheduledThreadPoolExecutor timer = timer();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final MemoryTrackLog log =
      new MemoryTrackLog(
          CLOCK, new AtomicLong()::incrementAndGet, new Newest.Bounds(1_000, 10_000));
  private final House house = new House(log, CLOCK, true, LONG);
  private final Hub hub = house.hub;
  private final Live live =
      new Live(
          house.intake,
          hub,
          house.views,
          house.access,
          timer,
          new Live.SessionSettings(LONG, "trackside", Rates.USUAL));

  public SessionTarget() {
    claim(CLAIMED, Key.random());
    claim(new Runner("anna"), "sesame");
  }

  private void claim(Runner runner, String key) {
    house.claim(runner, runner.id(), key, Visibility.LINK);
  }

  private static ScheduledThreadPoolExecutor timer() {
    var timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  @Override
  public void take(byte[] bytes) throws Exception {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, failure) -> failures.add(failure));
    var ear = new Ear((Expect.chance(bytes).nextInt() & 3) == 0);
    var session = new Session(live, ear, house.rates.of(STRANGER, false));
    List<byte[]> messages = messages(bytes);
    try {
      say(messages, session, ear);
      settle(session, ear);
      check(messages, ear);
    } finally {
      session.closed();
      forget(messages);
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    checkNothingIsLeft();
  }

  private void say(List<byte[]> messages, Session session, Ear ear) throws Exception {
    for (byte[] message : messages) {
      if (ear.code() == 0) {
        session.text(message, message.length);
        session.endOfRead();
        if (ear.isSuspended() || ear.isOwed()) {
          settle(session, ear);
        }
      }
    }
  }

  /** The messages that are short enough for the frame parser. */
  private static List<byte[]> messages(byte[] bytes) {
    var messages = new ArrayList<byte[]>();
    for (String line : new String(bytes, UTF_8).split("\n", MOST_MESSAGES)) {
      byte[] message = line.getBytes(UTF_8);
      if (message.length <= MOST_MESSAGE_BYTES) {
        messages.add(message);
      }
    }
    return messages;
  }

  /** Takes everything that waits for the client. */
  private void settle(Session session, Ear ear) throws Exception {
    calm();
    while (ear.isOwed()) {
      session.written();
      calm();
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (ear.isSuspended() && System.nanoTime() - deadline < 0) {
      calm(); // the log is read for the feeds that were followed
    }
    Expect.that(!ear.isSuspended(), "who has taken everything is read again");
  }

  private void calm() throws InterruptedException {
    var calm = new CountDownLatch(1);
    hub.whenRoom(() -> hub.whenRoom(calm::countDown));
    Expect.that(calm.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "the hub comes to an end");
  }

  private void check(List<byte[]> messages, Ear ear) throws Exception {
    Expect.that(GOODBYES.contains(ear.code()), "a goodbye is one of the protocol", ear.code());
    Expect.that(log.latest(new Feed.One(CLAIMED), 1).isEmpty(), "a claim keeps strangers out");
    var heard = new StringBuilder();
    for (byte[] message : ear.messages()) {
      JsonNode json = JSON.readTree(message);
      if (json.isArray()) {
        json.forEach(SessionTarget::checkMessage);
      } else {
        checkMessage(json);
      }
      heard.append(new String(message, UTF_8));
    }
    checkSecrets(messages, heard.toString());
  }

  private static void checkMessage(JsonNode json) {
    String type = json.path("type").asString("none");
    Expect.that(TYPES.contains(type), "a message is of a known type", json);
    if (type.equals("error")) {
      Expect.that(CODES.contains(json.path("code").asString("")), "the code is known", json);
      Expect.words(json.path("message").asString(""));
    }
    if (type.equals("ack") && json.has("message")) {
      Expect.words(json.path("message").asString(""));
    }
    Expect.that(!json.has("key") && !json.has("keys"), "no key is passed on", json);
  }

  private static void checkSecrets(List<byte[]> messages, String heard) {
    for (int i = 0; i < messages.size(); i++) {
      for (String secret : Keys.secrets(messages.get(i), LEAST_SECRET)) {
        boolean said = isSaid(secret, messages.subList(0, i));
        said |= isSaid(secret, messages.subList(i + 1, messages.size()));
        Expect.that(said || !heard.contains(secret), "nobody hears of a key", secret, heard);
      }
    }
  }

  private static boolean isSaid(String secret, List<byte[]> messages) {
    return messages.stream().anyMatch(message -> new String(message, UTF_8).contains(secret));
  }

  /** Restores the log for the next connection. */
  private void forget(List<byte[]> messages) {
    for (byte[] message : messages) {
      try {
        String text = new String(message, UTF_8).strip();
        String id = text.startsWith("{") ? MessageReader.read(message, message.length).id() : text;
        log.forget(new Runner(String.valueOf(id)));
      } catch (Refusal | IllegalArgumentException _) {
        // names nobody
      }
    }
  }

  private void checkNothingIsLeft() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    calm();
    while (hub.subscribers() > 0 || hub.channels() > 0 || timer.getQueue().size() > 1) {
      Expect.that(
          System.nanoTime() - deadline < 0,
          "nothing is left of who has gone",
          hub.subscribers(),
          hub.channels(),
          timer.getQueue().size());
      calm();
    }
    Throwable failure = failures.poll();
    if (failure != null) {
      throw new AssertionError("nothing fails behind the connection", failure);
    }
  }
}
