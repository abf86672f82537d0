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
  private final Runnable unreadable;
  private final Runnable gone;
  private final List<Subscription> subscriptions = new ArrayList<>(1);
  private @Nullable Predicate<Position> hides;
  private Set<Runner> published = Set.of();
  private boolean left;

  /**
   * @param unreadable runs when the log could not be read for this subscriber, or there is too much
   *     to remember for it
   * @param gone runs once the subscriber has left
   */
  Subscriber(Channels channels, Watchers watchers, Sink sink, Runnable unreadable, Runnable gone) {
    this.lane = channels.lane;
    this.channels = channels;
    this.watchers = watchers;
    this.outlet = new Outlet(lane, sink, this::retell);
    this.unreadable = unreadable;
    this.gone = gone;
  }

  /** Hides positions in the feeds that this subscriber follows from now on. */
  public void hide(Predicate<Position> hidden) {
    lane.put(() -> hides = hidden);
  }

  /** Follows a feed, unless this subscriber does so already. */
  public void follow(Feed feed, SubscribeOptions options, Start start) {
    Channel channel = channels.reserve(feed, options);
    lane.put(() -> subscribe(channel, start));
  }

  /** Follows the first feed, and sends a greeting with its status before anything else. */
  public void greetAndFollow(
      Function<Status, byte[]> greeting, Feed feed, SubscribeOptions options, Start start) {
    Channel channel = channels.reserve(feed, options);
    lane.put(
        () -> {
          outlet.hold();
          subscribe(channel, start);
          read(
              () -> {
                List<Position> newest = options.view().latest(feed, 1);
                Position last = newest.isEmpty() ? null : newest.getLast();
                byte[] words = greeting.apply(channels.statuses.of(feed, last));
                lane.put(() -> outlet.greet(words));
              });
        });
  }

  private void read(Runnable reading) {
    channels.reads.read(reading, unreadable);
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

  private void subscribe(Channel channel, Start start) {
    if (!left && subscriptionTo(channel.feed) == null) {
      var member = new Member(outlet, hides);
      var one = new Subscription(channel, member, start, subscriptions, this::read, unreadable);
      add(one);
      recount();
      one.begin();
    }
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
