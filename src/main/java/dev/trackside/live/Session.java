package dev.trackside.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.trackside.access.Caller;
import dev.trackside.access.Key;
import dev.trackside.access.Later;
import dev.trackside.access.Right;
import dev.trackside.hub.Manner;
import dev.trackside.hub.Start;
import dev.trackside.hub.Viewer;
import dev.trackside.live.Refusal.Code;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import dev.trackside.websocket.CloseCode;
import dev.trackside.websocket.Frames;
import dev.trackside.websocket.Receiver;
import dev.trackside.websocket.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/** One client's connection: registers, publishes, follows. */
final class Session implements Receiver, Live.Guest {
  private static final int MOST_FEEDS = 200;
  static final Duration USUAL_PACE = Duration.ofMillis(100);

  private final Live live;
  private final Socket socket;
  private final Caller caller;
  private final Viewer viewer;
  private final Debts debts;
  private final Holds holds = new Holds();
  private final Map<Runner, Key> keys = new HashMap<>(2);
  private final Set<Runner> published = new HashSet<>(2);
  private final Future<?> registration;
  private @Nullable Feed own;
  private @Nullable Key key;
  private @Nullable Echo echo;
  private @Nullable Faults faults;
  private Manner manner;
  private boolean registered;
  private boolean greeted;
  private boolean holding;

  Session(Live live, Socket socket, Caller caller) {
    this.live = live;
    this.socket = socket;
    this.caller = caller;
    this.viewer = live.hub().enter(socket.way(), this::comeBack);
    this.debts = new Debts(live.hub(), live.log(), socket);
    this.manner = new Manner(live.dialect(false), USUAL_PACE, false, live.log());
    this.registration =
        live.timer().schedule(this::notRegistered, live.registration().toNanos(), NANOSECONDS);
  }

  private void notRegistered() {
    socket.close(
        CloseCode.POLICY,
        "register within " + live.registration().toSeconds() + " s: {\"id\":\"anna\"}");
  }

  @Override
  public void text(byte[] bytes, int length) {
    if (!holding) {
      holding = true;
      live.hub().hold();
    }
    try {
      if (registered) {
        obey(MessageReader.read(bytes, length));
      } else {
        register(bytes, length);
      }
    } catch (Refusal refusal) {
      complain(refusal);
    }
  }

  @Override
  public void endOfRead() {
    if (holding) {
      holding = false;
      live.hub().release();
    }
    debts.check();
  }

  private void register(byte[] bytes, int length) throws Refusal {
    String text = new String(bytes, 0, length, UTF_8).strip();
    if (!text.startsWith("{")) {
      registerAs(feed(text), null, start(null, null));
      return;
    }
    ClientMessage message = MessageReader.read(bytes, length);
    if (message.id() == null && message.follow() == null) {
      throw new Refusal(
          Code.BAD_ID, "the first message registers: {\"id\":\"anna\"} or {\"follow\":[\"anna\"]}");
    }
    Feed feed = message.id() == null ? null : feed(message.id());
    List<String> ids = message.follow() == null ? List.of() : message.follow();
    List<Feed> wanted = feeds(ids);
    key = message.keys().get("");
    for (int i = 0; i < wanted.size(); i++) {
      Key shown = keyFor(message, ids.get(i));
      Right right = toFollow(wanted.get(i), shown);
      if (!right.isGranted()) {
        countWrong(right, shown);
        sendAway(right);
        return;
      }
    }
    choose(message);
    if (feed != null
        && !registerAs(feed, key, start(message.after().get(""), message.trail().get("")))) {
      return;
    }
    registered = true;
    if (message.position() || message.isCommand()) {
      obey(message);
    }
  }

  private boolean registerAs(Feed feed, @Nullable Key shown, Start start) throws Refusal {
    Right right = toFollow(feed, shown);
    if (!right.isGranted()) {
      countWrong(right, shown);
      sendAway(right);
      return false;
    }
    registered = true;
    registration.cancel(false);
    own = feed;
    follow(feed, shown, start);
    return true;
  }

  private @Nullable Key keyFor(ClientMessage message, String id) {
    Key shown = message.keys().get(id);
    return shown != null ? shown : message.keys().getOrDefault("", key);
  }

  private Right toFollow(Feed feed, @Nullable Key shown) {
    return live.access().toFollow(feed, shown);
  }

  private void countWrong(Right right, @Nullable Key shown) throws Refusal {
    Optional<Later> later =
        live.access().isWrong(right, shown) ? caller.showsWrongKey() : Optional.empty();
    if (later.isPresent()) {
      throw new Refusal(Code.LOCKED_OUT, later.get().words());
    }
  }

  /** Says why the right that it takes is not, or no longer, there. Any thread. */
  private void sendAway(Right right) {
    socket.cut(Goodbyes.code(right), Goodbyes.words(right));
  }

  private void follow(Feed feed, @Nullable Key shown, Start start) {
    holds.put(feed, live.access().hold(feed, shown, this::sendAway));
    Manner manner = this.manner.of(live.logFor(feed, shown));
    if (manner.events() && !greeted) {
      greeted = true;
      viewer.greetAndFollow(
          status ->
              Frames.text(
                  Messages.welcome(live.server(), feed, status, live.mayPublish(feed, shown))),
          feed,
          manner,
          start);
    } else {
      viewer.follow(feed, manner, start);
    }
  }

  private void choose(ClientMessage message) {
    manner =
        new Manner(
            live.dialect(Boolean.TRUE.equals(message.batch())),
            message.paceMs() == null ? USUAL_PACE : Duration.ofMillis(message.paceMs()),
            Boolean.TRUE.equals(message.events()),
            live.log());
    if (Boolean.FALSE.equals(message.echo())) {
      var muted = new Echo();
      echo = muted;
      viewer.hide(muted);
    }
  }

  private void obey(ClientMessage message) throws Refusal {
    registration.cancel(false);
    if (message.position()) {
      publish(message);
    } else if (!message.isCommand()) {
      throw message.id() != null
          ? new Refusal(Code.BAD_POSITION, "a position needs lat and lon")
          : new Refusal(
              Code.BAD_COMMAND, "a message holds lat and lon, or follow, unfollow or ping");
    }
    if (message.follow() != null) {
      follow(message.follow(), message);
    }
    if (message.unfollow() != null) {
      for (String id : message.unfollow()) {
        Feed feed = feed(id);
        holds.remove(feed);
        viewer.unfollow(feed);
      }
    }
    if (message.ping() != null && manner.events()) {
      reply(Messages.pong(message.ping()));
    }
  }

  private void follow(List<String> ids, ClientMessage message) throws Refusal {
    List<Feed> wanted = feeds(ids);
    for (int i = 0; i < ids.size(); i++) {
      Key shown = keyFor(message, ids.get(i));
      Right right = toFollow(wanted.get(i), shown);
      if (!right.isGranted()) {
        countWrong(right, shown);
        throw new Refusal(Code.NOT_ALLOWED, "you may not follow " + wanted.get(i));
      }
    }
    var all = new HashSet<Feed>(holds.feeds());
    all.addAll(wanted);
    if (all.size() > MOST_FEEDS) {
      throw new Refusal(
          Code.TOO_MANY_FEEDS,
          "a connection follows at most " + MOST_FEEDS + " feeds, got " + all.size());
    }
    for (int i = 0; i < ids.size(); i++) {
      Feed feed = wanted.get(i);
      if (!holds.has(feed)) {
        Long after = message.after().getOrDefault(ids.get(i), message.after().get(""));
        Long trail = message.trail().getOrDefault(ids.get(i), message.trail().get(""));
        follow(feed, keyFor(message, ids.get(i)), start(after, trail));
      }
    }
  }

  private void publish(ClientMessage message) throws Refusal {
    RawValue ref = manner.events() ? message.ref() : null;
    try {
      append(runnerOf(message), fixOf(message), ref);
    } catch (Refusal refusal) {
      if (ref == null || refusal.code == Code.LOCKED_OUT) {
        throw refusal;
      }
      reply(Messages.ack(ref, new Verdict.Refused(refusal.words())));
    }
  }

  private void append(Runner runner, Fix fix, @Nullable RawValue ref) {
    if (published.size() < MOST_FEEDS && published.add(runner)) {
      viewer.publishes(runner);
    }
    if (echo != null) {
      echo.sends(fix);
    }
    debts.appends();
    live.log()
        .append(runner, List.of(fix), ref != null || debts.mount())
        .whenComplete((verdicts, failure) -> settled(ref, verdicts, failure));
  }

  private static Fix fixOf(ClientMessage message) throws Refusal {
    Fix fix = message.fix();
    if (fix == null) {
      throw new Refusal(Code.BAD_POSITION, String.valueOf(message.flaw()));
    }
    return fix;
  }

  private Runner runnerOf(ClientMessage message) throws Refusal {
    Feed feed = message.id() == null ? own : feed(message.id());
    if (feed instanceof Feed.One(Runner runner)) {
      checkRight(runner, message.keys().get(""));
      return runner;
    }
    throw new Refusal(Code.BAD_ID, "say whose position it is: {\"id\":\"berlin/1042\",…}");
  }

  /** At every position, for the runner may have been claimed or got another key since. */
  private void checkRight(Runner runner, @Nullable Key shown) throws Refusal {
    if (shown != null && keys.size() < MOST_FEEDS) {
      keys.put(runner, shown);
    }
    Key best = shown != null ? shown : keys.getOrDefault(runner, key);
    Right right = live.access().toPublish(runner, best);
    if (!right.isGranted()) {
      countWrong(right, best);
      if (published.contains(runner)) {
        sendAway(right);
      }
      throw new Refusal(Code.NOT_ALLOWED, "you may not publish as " + runner);
    }
  }

  private void settled(
      @Nullable RawValue ref, @Nullable List<Verdict> verdicts, @Nullable Throwable failure) {
    debts.settled();
    if (verdicts == null || failure != null) {
      comeBack();
      return;
    }
    Verdict verdict = verdicts.getFirst();
    if (ref != null) {
      reply(Messages.ack(ref, verdict));
    } else if (verdict instanceof Verdict.Refused(String why)) {
      reply(Messages.error(new Refusal(Code.BAD_POSITION, why)));
    }
  }

  /** What was not acknowledged is sent again then. */
  private void comeBack() {
    socket.close(CloseCode.TRY_AGAIN_LATER, "the server cannot use its disk, come back");
  }

  private static List<Feed> feeds(List<String> ids) throws Refusal {
    var feeds = new ArrayList<Feed>();
    for (String id : ids) {
      feeds.add(feed(id));
    }
    return feeds;
  }

  private static Feed feed(String text) throws Refusal {
    try {
      return Feed.of(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Code.BAD_ID, String.valueOf(e.getMessage()));
    }
  }

  private static Start start(@Nullable Long after, @Nullable Long trail) {
    int each = trail == null ? 1 : trail.intValue();
    return after == null ? new Start.Trail(each) : new Start.After(after, each);
  }

  private void complain(Refusal refusal) {
    if (refusal.code == Code.LOCKED_OUT) {
      socket.close(Goodbyes.TOO_MANY, refusal.words());
      return;
    }
    Faults known = faults == null ? new Faults() : faults;
    faults = known;
    reply(Messages.error(refusal));
    if (known.oneMore(System.nanoTime())) {
      socket.close(
          CloseCode.POLICY, Faults.MOST + " errors within " + Faults.WITHIN.toSeconds() + " s");
    }
  }

  private void reply(byte[] message) {
    byte[] frame = Frames.text(message);
    debts.owes(frame.length);
    viewer.send(frame, () -> debts.paid(frame.length));
  }

  @Override
  public void written() {
    viewer.written();
  }

  @Override
  public void goAway() {
    socket.close(CloseCode.GOING_AWAY, "the server is going away, come back");
  }

  @Override
  public void closed() {
    registration.cancel(false);
    holds.close();
    viewer.leave();
    live.left(this);
  }
}
