package dev.trackside.hub;

import dev.trackside.connection.Sink;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection that follows feeds. The public methods may be called by any thread and never
 * block; everything else belongs to the lane.
 */
public final class Subscriber {
  /** One followed feed. */
  private record Subscription(Channel channel, Member member, Replay replay) {
    Feed feed() {
      return channel.feed;
    }

    /** The number up to which the subscriber has everything of this feed that it will get. */
    long sentSeq() {
      return member.isLive() ? Math.max(channel.flushedSeq(), replay.cursor()) : replay.cursor();
    }
  }

  private final Lane lane;
  private final Channels channels;
  private final Watchers watchers;
  private final Outlet outlet;
  private final Runnable unreadable;
  private final Runnable gone;
  private final List<Subscription> subscriptions = new ArrayList<>(1);
  private @Nullable Predicate<Position> hides;
  private Map<Runner, Long> covered = Map.of();
  private Set<Runner> published = Set.of();
  private boolean left;

  /**
   * @param unreadable runs when the log could not be read for this subscriber
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
    Feed feed = channel.feed;
    if (!left && subscriptionTo(feed) == null) {
      long floor = start instanceof Start.Recent(int each) && each <= 1 ? sentOf(feed) : 0;
      var member = new Member(outlet);
      var replay = new Replay(channel, member, start, floor, this::read);
      channel.expect(replay);
      subscriptions.add(new Subscription(channel, member, replay));
      cover(feed, Long.MAX_VALUE);
      recount();
      replay.begin();
    }
    channels.release(channel);
  }

  private void unsubscribe(Feed feed) {
    Subscription one = subscriptionTo(feed);
    if (one != null) {
      Subscription race = feed instanceof Feed.One(Runner runner) ? raceOf(runner) : null;
      if (race != null && one.member.isLive()) {
        one.channel.flushEarly();
        race.channel.flushEarly();
      }
      long sentSeq = one.sentSeq();
      subscriptions.remove(one);
      end(one);
      cover(feed, sentSeq);
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
    if (one.member.isLive()) {
      one.channel.remove(one.member);
    } else {
      one.replay.cancel();
    }
  }

  /** Counts this subscriber once for each runner it watches, but for those it publishes as. */
  private void recount() {
    for (Subscription one : subscriptions) {
      boolean repeated =
          one.feed() instanceof Feed.One(Runner runner)
              && (raceOf(runner) != null || published.contains(runner));
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

  private @Nullable Subscription raceOf(Runner runner) {
    return runner.race().isEmpty() ? null : subscriptionTo(new Feed.Race(runner.race()));
  }

  /** The number up to which this subscriber has had a runner through the race's feed, or 0. */
  private long sentOf(Feed feed) {
    if (!(feed instanceof Feed.One(Runner runner))) {
      return 0;
    }
    Subscription race = raceOf(runner);
    if (race == null) {
      return 0;
    }
    if (race.member.isLive()) {
      race.channel.flushEarly();
    }
    return Math.max(race.sentSeq(), covered.getOrDefault(runner, 0L));
  }

  /**
   * Makes the race's feed leave out a runner who is also followed alone, up to the number to which
   * the runner's own feed covers them.
   */
  private void cover(Feed feed, long untilSeq) {
    if (feed instanceof Feed.One(Runner runner) && !runner.race().isEmpty()) {
      covered = covered.isEmpty() ? new HashMap<>(2) : covered;
      if (untilSeq < Long.MAX_VALUE && raceOf(runner) == null) {
        covered.remove(runner);
      } else {
        covered.put(runner, untilSeq);
      }
    }
    for (Subscription one : subscriptions) {
      boolean race = one.feed() instanceof Feed.Race;
      one.channel.hide(one.member, race && !covered.isEmpty() ? this::isHiddenInRace : hides);
    }
  }

  private boolean isHiddenInRace(Position position) {
    long until = covered.getOrDefault(position.runner(), 0L);
    if (position.seq() <= until) {
      return true;
    }
    if (until > 0) {
      covered.remove(position.runner());
    }
    return hides != null && hides.test(position);
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
