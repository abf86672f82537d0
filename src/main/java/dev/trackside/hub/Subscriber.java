package dev.trackside.hub;

import dev.trackside.output.Sink;
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
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who follows feeds, over one connection. The public methods may be called by any thread
 * and never wait; everything else belongs to the lane.
 */
public final class Subscriber {
  private final Lane lane;
  private final Channels channels;
  private final LogReads reads;
  private final Watchers watchers;
  private final BiFunction<Feed, @Nullable Position, Status> statuses;
  private final Outlet outlet;
  private final Runnable unreadable;
  private final Runnable gone;
  private final List<Subscription> subscriptions = new ArrayList<>(1);
  private @Nullable Predicate<Position> hides;
  private @Nullable Map<Runner, Long> covered;
  private @Nullable Set<Runner> published;
  private boolean left;

  /**
   * @param statuses how those in a feed are, by the newest position of any
   * @param unreadable is run when the log could not be read for this subscriber
   * @param gone is run once they have left
   */
  Subscriber(
      Lane lane,
      Channels channels,
      LogReads reads,
      Watchers watchers,
      BiFunction<Feed, @Nullable Position, Status> statuses,
      Sink sink,
      Runnable unreadable,
      Runnable gone) {
    this.lane = lane;
    this.channels = channels;
    this.reads = reads;
    this.watchers = watchers;
    this.statuses = statuses;
    this.outlet = new Outlet(lane, sink, this::retell);
    this.unreadable = unreadable;
    this.gone = gone;
  }

  /** Hides positions from this subscriber, in what they follow from now on. */
  public void hide(Predicate<Position> hidden) {
    lane.put(() -> hides = hidden);
  }

  /** Follows a feed; nothing happens when it is followed already. */
  public void follow(Feed feed, SubscribeOptions options, Start start) {
    Channel channel = channels.reserve(feed, options);
    lane.put(() -> subscribe(channel, start));
  }

  /** Follows the first feed; before anything else the greeting is sent. */
  public void greetAndFollow(Greeting greeting, Feed feed, SubscribeOptions options, Start start) {
    Channel channel = channels.reserve(feed, options);
    lane.put(
        () -> {
          outlet.hold();
          subscribe(channel, start);
          read(
              () -> {
                List<Position> newest = options.view().latest(feed, 1);
                Position last = newest.isEmpty() ? null : newest.getLast();
                byte[] words = greeting.words(statuses.apply(feed, last));
                lane.put(() -> outlet.greet(words));
              });
        });
  }

  private void read(Runnable reading) {
    reads.read(reading, unreadable);
  }

  /** Says that this subscriber publishes as a runner, and so does not count as watching them. */
  public void publishes(Runner runner) {
    lane.put(
        () -> {
          published = published == null ? new HashSet<>(2) : published;
          published.add(runner);
          recount();
        });
  }

  public void unfollow(Feed feed) {
    lane.put(() -> unsubscribe(feed));
  }

  /**
   * Sends this subscriber something of their own, in turn with everything else.
   *
   * @param sent is run, in the lane, once it has left
   */
  public void send(byte[] bytes, @Nullable Runnable sent) {
    lane.put(() -> outlet.own(bytes, sent));
  }

  /** Must be called when a write that had to wait has left. */
  public void written() {
    lane.put(outlet::pump);
  }

  /** Ends everything. */
  public void leave() {
    lane.put(this::endAll);
  }

  private void subscribe(Channel channel, Start start) {
    if (!left && subscriptionTo(channel.feed()) == null) {
      subscribe(channel, channel.feed(), start);
    }
    channels.release(channel);
  }

  private void subscribe(Channel channel, Feed feed, Start start) {
    long floor = start instanceof Start.Trail(int each) && each <= 1 ? sentOf(feed) : 0;
    var member = new Member(outlet);
    var replay = new Replay(lane, channel, member, start, floor, this::read);
    channel.expect(replay);
    subscriptions.add(new Subscription(channel, member, replay));
    cover(feed, Long.MAX_VALUE);
    recount();
    replay.readOn();
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
    one.end();
  }

  /** A subscriber watches a runner once, and not at all whom they publish as. */
  private void recount() {
    for (Subscription one : subscriptions) {
      count(
          one,
          !(one.feed() instanceof Feed.One(Runner runner))
              || (raceOf(runner) == null && (published == null || !published.contains(runner))));
    }
  }

  private void count(Subscription one, boolean counts) {
    if (one.counted != counts) {
      one.counted = counts;
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
    long until = covered == null ? 0 : covered.getOrDefault(runner, 0L);
    return Math.max(race.sentSeq(), until);
  }

  /**
   * A runner who is followed both alone and with the race comes once: their own feed covers them up
   * to a number, and there the race's feed hides them.
   */
  private void cover(Feed feed, long untilSeq) {
    if (feed instanceof Feed.One(Runner runner) && !runner.race().isEmpty()) {
      Map<Runner, Long> cover = covered == null ? new HashMap<>(2) : covered;
      covered = cover;
      cover.put(runner, untilSeq);
      if (untilSeq < Long.MAX_VALUE && raceOf(runner) == null) {
        cover.remove(runner);
      }
    }
    for (Subscription one : subscriptions) {
      boolean race = one.feed() instanceof Feed.Race;
      one.channel.hide(one.member, race && covered != null ? this::isHiddenInRace : hides);
    }
  }

  private boolean isHiddenInRace(Position position) {
    Map<Runner, Long> cover = covered;
    Long until = cover == null ? null : cover.get(position.runner());
    if (cover != null && until != null) {
      if (position.seq() <= until) {
        return true;
      }
      cover.remove(position.runner());
    }
    return hides != null && hides.test(position);
  }

  /** Tells again what a slow subscriber has missed of notices. */
  private void retell() {
    for (Subscription one : List.copyOf(subscriptions)) {
      if (one.member.isLive()) {
        one.channel.retell(one.member);
      }
    }
  }
}
