package dev.trackside.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.trackside.access.Key;
import dev.trackside.access.Right;
import dev.trackside.caller.Caller;
import dev.trackside.hub.Start;
import dev.trackside.hub.SubscribeOptions;
import dev.trackside.hub.Subscriber;
import dev.trackside.live.Refusal.Code;
import dev.trackside.track.Feed;
import dev.trackside.websocket.CloseCode;
import dev.trackside.websocket.Frames;
import dev.trackside.websocket.Receiver;
import dev.trackside.websocket.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One client's WebSocket: registers, publishes, follows. */
final class Session implements Receiver, Live.Guest {
  static final int MOST_FEEDS = 200;
  static final Duration USUAL_PACE = Duration.ofMillis(100);

  private final Live live;
  private final Socket socket;
  private final Caller caller;
  private final Subscriber subscriber;
  private final Backpressure backpressure;
  private final Answers answers;
  private final Quota quota;
  private final Holds holds = new Holds();
  private final Future<?> registration;
  private @Nullable Feed own;
  private @Nullable Key key;
  private @Nullable Echo echo;
  private @Nullable Publisher publisher;
  private SubscribeOptions options;
  private boolean registered;
  private boolean greeted;
  private boolean holding;

  Session(Live live, Socket socket, Caller caller) {
    this.live = live;
    this.socket = socket;
    this.caller = caller;
    this.subscriber = live.hub.enter(socket.sink(), this::comeBack);
    this.backpressure = new Backpressure(live.intake, socket);
    this.answers = new Answers(live.access, caller, socket, subscriber, backpressure);
    this.quota = new Quota(live.settings.rates(), caller);
    this.options = new SubscribeOptions(live.plain, USUAL_PACE, false, live.views.forAll());
    long withinNanos = live.settings.registration().toNanos();
    this.registration = live.timer.schedule(this::notRegistered, withinNanos, NANOSECONDS);
  }

  private void comeBack() {
    answers.comeBack();
  }

  private void notRegistered() {
    long seconds = live.settings.registration().toSeconds();
    socket.close(CloseCode.POLICY, "register within " + seconds + " s: {\"id\":\"anna\"}");
  }

  @Override
  public void text(byte[] bytes, int length) {
    if (!holding) {
      holding = true;
      live.hub.hold();
    }
    try {
      if (registered) {
        obey(MessageReader.read(bytes, length));
      } else {
        register(bytes, length);
      }
    } catch (Refusal refusal) {
      answers.complain(refusal);
    }
  }

  @Override
  public void endOfRead() {
    if (holding) {
      holding = false;
      live.hub.release();
    }
    Duration pause = publisher == null ? Duration.ZERO : publisher.pause();
    if (pause.isPositive()) {
      socket.suspendReading();
      var _ = live.timer.schedule(socket::resumeReading, pause.toNanos(), NANOSECONDS);
    } else {
      backpressure.check();
    }
  }

  private void register(byte[] bytes, int length) throws Refusal {
    String text = new String(bytes, 0, length, UTF_8).strip();
    if (!text.startsWith("{")) {
      registerAs(Refusal.feed(text), null, start(null, null));
      return;
    }
    ClientMessage message = MessageReader.read(bytes, length);
    if (message.id() == null && message.follow() == null) {
      throw new Refusal(
          Code.BAD_ID, "the first message registers: {\"id\":\"anna\"} or {\"follow\":[\"anna\"]}");
    }
    Feed feed = message.id() == null ? null : Refusal.feed(message.id());
    List<String> ids = message.follow() == null ? List.of() : message.follow();
    List<Feed> wanted = feeds(ids);
    key = message.keys().get("");
    for (int i = 0; i < wanted.size(); i++) {
      if (!admits(wanted.get(i), keyFor(message, ids.get(i)))) {
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
    if (!admits(feed, shown)) {
      return false;
    }
    registered = true;
    registration.cancel(false);
    own = feed;
    follow(feed, shown, start);
    return true;
  }

  /** Whether the client may follow a feed that it registers for; ends the connection if not. */
  private boolean admits(Feed feed, @Nullable Key shown) throws Refusal {
    Right right = toFollow(feed, shown);
    if (!right.isGranted()) {
      answers.sendAway(right);
    }
    return right.isGranted();
  }

  private Right toFollow(Feed feed, @Nullable Key shown) throws Refusal {
    Right right = live.access.toFollow(feed, shown);
    answers.countWrong(right, shown);
    return right;
  }

  private @Nullable Key keyFor(ClientMessage message, String id) {
    Key shown = message.keys().get(id);
    return shown != null ? shown : message.keys().getOrDefault("", key);
  }

  private void follow(Feed feed, @Nullable Key shown, Start start) {
    holds.put(feed, live.access.hold(feed, shown, answers::sendAway));
    SubscribeOptions options = this.options.of(live.views.of(feed, shown));
    backpressure.follows();
    if (options.events() && !greeted) {
      greeted = true;
      subscriber.greetAndFollow(
          status -> Frames.text(live.welcome(feed, shown, status, options.pace())),
          feed,
          options,
          start,
          backpressure::begun);
    } else {
      subscriber.follow(feed, options, start, backpressure::begun);
    }
  }

  private void choose(ClientMessage message) {
    options =
        new SubscribeOptions(
            encoder(message),
            message.paceMs() == null ? USUAL_PACE : PaceSteps.of(message.paceMs()),
            Boolean.TRUE.equals(message.events()),
            live.views.forAll());
    if (Boolean.FALSE.equals(message.echo())) {
      var muted = new Echo();
      echo = muted;
      subscriber.hide(muted);
    }
  }

  private FrameEncoder encoder(ClientMessage message) {
    if (message.compact()) {
      return live.compact;
    }
    if (!Boolean.TRUE.equals(message.batch())) {
      return live.plain; // a single position is too short to compress
    }
    return socket.inflates() ? live.deflated : live.batched;
  }

  private void obey(ClientMessage message) throws Refusal {
    registration.cancel(false);
    if (message.position()) {
      publisher().publish(message);
    } else if (!message.isCommand()) {
      throw message.id() != null
          ? new Refusal(Code.BAD_POSITION, "a position needs lat and lon")
          : new Refusal(
              Code.BAD_COMMAND, "a message needs lat and lon, or follow, unfollow or ping");
    }
    if (message.follow() != null) {
      follow(message.follow(), message);
    }
    if (message.unfollow() != null) {
      quota.takeFeeds(message.unfollow().size());
      for (String id : message.unfollow()) {
        Feed feed = Refusal.feed(id);
        holds.remove(feed);
        subscriber.unfollow(feed);
      }
    }
    if (message.ping() != null && options.events()) {
      answers.reply(Messages.pong(message.ping()));
    }
  }

  private void follow(List<String> ids, ClientMessage message) throws Refusal {
    quota.takeFeeds(ids.size());
    List<Feed> wanted = feeds(ids);
    for (int i = 0; i < ids.size(); i++) {
      if (!toFollow(wanted.get(i), keyFor(message, ids.get(i))).isGranted()) {
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

  private Publisher publisher() {
    Publisher known = publisher;
    if (known == null) {
      known =
          new Publisher(live, answers, quota, own, key, echo, options.events(), caller.countedAs());
      publisher = known;
    }
    return known;
  }

  private static List<Feed> feeds(List<String> ids) throws Refusal {
    var feeds = new ArrayList<Feed>();
    for (String id : ids) {
      feeds.add(Refusal.feed(id));
    }
    return feeds;
  }

  private static Start start(@Nullable Long after, @Nullable Long trail) {
    int each = trail == null ? 1 : trail.intValue();
    return after == null ? new Start.Recent(each) : new Start.After(after, each);
  }

  @Override
  public void written() {
    subscriber.written();
  }

  @Override
  public void goAway() {
    socket.close(CloseCode.GOING_AWAY, "the server is going away, come back");
  }

  @Override
  public void closed() {
    registration.cancel(false);
    holds.close();
    subscriber.leave();
    live.left(this);
  }
}
