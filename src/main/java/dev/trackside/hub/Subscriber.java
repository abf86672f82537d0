package dev.trackside.hub;

import dev.trackside.connection.Sink;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection that follows feeds. The public methods may be called by any thread and never
 * block; everything else belongs to the lane.
 */
public final class Subscriber {
  private final Lane lane;
  private final Channels channels;
  private final Watchers watchers;
  private final Outlet outlet;
  private final ReplayTurns turns = new ReplayTurns();
  private final ReplaySteps.Needs needs;
  private final Runnable gone;
  private final List<Subscription> subscriptions = new ArrayList<>(1);
  private @Nullable Predicate<Position> hides;
  private Set<Runner> published = Set.of();
  private @Nullable ReplaySteps welcome;
  private boolean left;

  /**
   * @param comeBack runs when the log cannot be read, or there is too much to hold for this
   *     subscriber
   * @param gone runs once the subscriber has left
   */
  Subscriber(Channels channels, Watchers watchers, Sink sink, Runnable comeBack, Runnable gone) {
    this.lane = channels.lane;
    this.channels = channels;
    this.watchers = watchers;
    this.outlet = new Outlet(lane, sink, channels.slow, this::retell, comeBack);
    this.needs = new ReplaySteps.Needs(channels.reads, turns, lane::put, comeBack);
    this.gone = gone;
  }

  /** Hides positions in the feeds that this subscriber follows from now on. */
  public void hide(Predicate<Position> hidden) {
    lane.put(() -> hides = hidden);
  }

  /** Follows a feed, unless this subscriber does so already. */
  public void follow(Feed feed, SubscribeOptions options, Start start) {
    follow(feed, options, start, () -> {});
  }

  /**
   * The same.
   *
   * @param firstRead runs once, in the lane: the log has been read for the beginning, or need not
   *     be
   */
  public void follow(Feed feed, SubscribeOptions options, Start start, Runnable firstRead) {
    Channel channel = channels.reserve(feed, options);
    lane.put(() -> subscribe(channel, start, firstRead));
  }

  /**
   * Follows the first feed, and sends a greeting with its status before anything else.
   *
   * @param firstRead as in {@link #follow}
   */
  public void greetAndFollow(
      Function<Status, byte[]> greeting,
      Feed feed,
      SubscribeOptions options,
      Start start,
      Runnable firstRead) {
    Channel channel = channels.reserve(feed, options);
    lane.put(
        () -> {
          outlet.hold();
          greet(greeting, feed, options);
          subscribe(channel, start, firstRead);
        });
  }

  /** Takes the first turn, so that nothing of the past waits for the greeting. */
  private void greet(Function<Status, byte[]> greeting, Feed feed, SubscribeOptions options) {
    var steps = new ReplaySteps(needs, () -> {});
    steps.next(
        () ->
            steps.read(
                new LogReads.Latest(options.view(), feed, 1),
                page -> {
                  List<Position> newest = LogReads.positionsOf(page);
                  Position last = newest.isEmpty() ? null : newest.getLast();
                  outlet.greet(greeting.apply(channels.statuses.of(feed, last)));
                  steps.pause();
                }));
    steps.ask();
    welcome = steps;
  }

  /** Notes that this subscriber publishes as a runner, and so does not count as watching them. */
  public void publishes(Runner runner) {
    lane.put(
        () -> {
          published = published.isEmpty() ? new HashSet<>(2) : published;
          published.add(runner);
          recount();
        });
  }

  public void unfollow(Feed feed) {
    lane.put(() -> unsubscribe(feed));
  }

  /** Sends this subscriber alone a message, and runs {@code sent} in the lane when it has left. */
  public void send(byte[] bytes, @Nullable Runnable sent) {
    lane.put(() -> outlet.own(bytes, sent));
  }

  /** Must be called when a write that had to wait is done. */
  public void written() {
    lane.put(outlet::pump);
  }

  /** Unfollows everything, and drops what waits. */
  public void leave() {
    lane.put(this::endAll);
  }

  private void subscribe(Channel channel, Start start, Runnable firstRead) {
    if (left || subscriptionTo(channel.feed) != null) {
      firstRead.run();
    } else {
      var member = new Member(outlet, hides);
      var one = new Subscription(channel, member, start, subscriptions, needs, firstRead);
      member.shownAnew = runner -> shownAnew(one, runner);
      add(one);
      recount();
      one.begin();
    }
    channels.release(channel);
  }

  /** Takes back what was sent of a runner; their own feed sends what is shown now. */
  private void shownAnew(Subscription one, Runner runner) {
    if (one.feed() instanceof Feed.Race) {
      one.takeBackWhatCame(runner);
      return;
    }
    one.reset(one.feed());
    Channel channel = channels.reserve(one.feed(), one.channel.options);
    var member = new Member(outlet, hides);
    var again = new Subscription(channel, member, one.again(), subscriptions, needs, () -> {});
    member.shownAnew = shown -> shownAnew(again, shown);
    member.counted = one.member.counted;
    subscriptions.set(subscriptions.indexOf(one), again);
    one.end();
    again.begin();
    channels.release(channel);
  }

  /** Adds a feed behind the others, but a race's before its runners' who can still wait for it. */
  private void add(Subscription one) {
    List<Subscription> waiting =
        subscriptions.stream().filter(own -> one.holds(own) && own.replay.canWait()).toList();
    subscriptions.removeAll(waiting);
    subscriptions.add(one);
    subscriptions.addAll(waiting);
  }

  private void unsubscribe(Feed feed) {
    Subscription one = subscriptionTo(feed);
    if (one != null) {
      one.race().ifPresent(race -> race.takeBack(one));
      subscriptions.remove(one);
      end(one);
      recount();
    }
  }

  private void endAll() {
    if (!left) {
      left = true;
      turns.close();
      if (welcome != null) {
        welcome.cancel();
      }
      subscriptions.forEach(this::end);
      subscriptions.clear();
      outlet.close();
      gone.run();
    }
  }

  private void end(Subscription one) {
    count(one, false);
    one.end();
  }

  /** Counts this subscriber once for each runner it watches, but for those it publishes as. */
  private void recount() {
    for (Subscription one : subscriptions) {
      boolean repeated =
          one.feed() instanceof Feed.One(Runner runner)
              && (one.race().isPresent() || published.contains(runner));
      count(one, !repeated);
    }
  }

  private void count(Subscription one, boolean counts) {
    if (one.member.counted != counts) {
      one.member.counted = counts;
      watchers.add(one.feed(), counts ? 1 : -1);
    }
  }

  private @Nullable Subscription subscriptionTo(Feed feed) {
    for (Subscription one : subscriptions) {
      if (one.feed().equals(feed)) {
        return one;
      }
    }
    return null;
  }

  /** Sends the statuses again that a slow subscriber has missed. */
  private void retell() {
    for (Subscription one : List.copyOf(subscriptions)) {
      if (one.member.isLive()) {
        one.channel.retell(one.member);
      }
    }
  }
}
