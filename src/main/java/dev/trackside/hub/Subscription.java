package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.track.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One feed that a subscriber follows. A race's feed leaves a runner to the runner's own feed from
 * where that one begins, and catches up with the runner once the own feed has ended, so that each
 * position comes once, whatever begins and ends when. Owned by a lane.
 */
final class Subscription implements Neighbours {
  /** Bounds what a race's feed remembers of own feeds that have ended before it is live. */
  private static final int MOST_LEFT = 1_000;

  /** A runner whom a race's feed leaves to the runner's own. */
  private static final class Left {
    /** The race's feed brings the runner up to this number all the same. */
    long fromSeq;

    /** The race's feed has left out what comes after this number; −1 while that is nothing. */
    long sentSeq = -1;

    /** What own feeds of the runner that have ended brought, and catching up that has. */
    final Spans had = new Spans();

    boolean ended;

    /** What the race's feed has brought was taken back. */
    boolean anew;

    Left(long fromSeq) {
      this.fromSeq = fromSeq;
    }

    int size() {
      return 1 + had.size();
    }
  }

  final Channel channel;
  final Member member;
  final Replay replay;
  private final List<Subscription> all;
  private final Start start;
  private final ReplaySteps.Needs needs;
  private final Map<Runner, Left> left = new LinkedHashMap<>(0);
  private @Nullable Replay catchingUp;
  private @Nullable Runner behind;

  /** The channel had come up to this number. */
  private long joinedSeq;

  /** What the race's feed brings after this number does not come again. */
  private long askedSeq;

  /** What the race's feed had brought when it ended before this one began. */
  private @Nullable Brought brought;

  /**
   * @param all the subscriber's feeds, in the order in which they begin
   * @param firstRead runs once, when the log has been read for the first time or need not be
   */
  Subscription(
      Channel channel,
      Member member,
      Start start,
      List<Subscription> all,
      ReplaySteps.Needs needs,
      Runnable firstRead) {
    this.channel = channel;
    this.member = member;
    this.all = all;
    this.start = start;
    this.needs = needs;
    this.replay = new Replay(channel, member, channel.feed, start, needs, this, firstRead);
  }

  Feed feed() {
    return channel.feed;
  }

  private Runner runner() {
    return ((Feed.One) feed()).runner();
  }

  /** Whether this is the feed of a race, and the other one that of a runner in it. */
  boolean holds(Subscription other) {
    return feed() instanceof Feed.Race(String race)
        && other.feed() instanceof Feed.One(Runner runner)
        && runner.race().equals(race);
  }

  /** The feed of the race that this feed's runner is in, if the subscriber follows it. */
  Optional<Subscription> race() {
    return all.stream().filter(one -> one.holds(this)).findFirst();
  }

  private Optional<Subscription> own(Runner runner) {
    return all.stream().filter(one -> one.feed().equals(new Feed.One(runner))).findFirst();
  }

  void begin() {
    joinedSeq = channel.reachedSeq();
    channel.expect(replay);
    for (Subscription one : all) {
      if (holds(one) && one.replay.knowsFrom()) {
        leave(one);
      } else if (one.holds(this) && replay.knowsFrom()) {
        one.leave(this);
      } else if (one.holds(this) && one.replay.hasBegun()) {
        askedSeq = start.asksForMore() ? one.broughtSeq(this) : one.replay.unaskedSeq();
      }
    }
    replay.begin();
  }

  /** Where this feed begins when what it has sent is taken back: where it has begun. */
  Start again() {
    return switch (start) {
      case Start.Recent(int each) ->
          new Start.Again(replay.hasBegun() ? replay.fromSeq() : joinedSeq, each);
      case Start.After(long seq, int _) ->
          new Start.Again(replay.fromSeq() > 0 ? replay.fromSeq() : seq, 0);
      case Start.Again known -> known;
    };
  }

  void end() {
    for (Subscription own : all) {
      if (holds(own) && !own.replay.hasBegun() && replay.hasBegun()) {
        own.brought = brought(own, broughtSeq(own), false);
      }
    }
    stopCatchingUp();
    if (member.isLive()) {
      channel.remove(member);
    } else {
      replay.cancel();
    }
  }

  /** The number up to which this feed has brought a runner. */
  private long sentSeq(Runner runner) {
    long sent = replay.sentSeq(runner);
    return member.isLive() ? Math.max(channel.flushedSeq(), sent) : sent;
  }

  /**
   * Takes back what this race's feed has brought of a runner, unless it leaves them to their own.
   */
  void takeBackWhatCame(Runner runner) {
    Left one = left.get(runner);
    if (one != null && !one.ended) {
      return;
    }
    reset(new Feed.One(runner));
    if (catchingUp != null && runner.equals(behind)) {
      stopCatchingUp();
    }
    if (member.isLive()) {
      forget(runner); // the channel sends the newest
      catchUp();
      return;
    }
    var again = new Left(0);
    again.sentSeq = 0;
    again.ended = true;
    again.anew = true;
    left.put(runner, again);
    channel.leave(member, this::leaves);
    endIfOverfull();
  }

  void reset(Feed dropped) {
    var notice = new Notice.Reset(dropped);
    member.outlet.tell(channel.options.encoder().encode(notice), notice);
  }

  @Override
  public boolean haveBegun(Runnable again) {
    for (Subscription one : all) {
      if (one == this) {
        return true;
      } else if ((holds(one) || one.holds(this)) && !one.replay.hasBegun()) {
        one.replay.whenBegun(again);
        return false;
      }
    }
    return true;
  }

  @Override
  public Optional<Brought> takeOver() {
    return race()
        .filter(race -> race.replay.hasBegun())
        .map(race -> race.brought(this, race.leave(this), true))
        .or(() -> Optional.ofNullable(brought));
  }

  /** What this feed has brought, up to a number, of the runner of an own feed. */
  private Brought brought(Subscription own, long untilSeq, boolean goesOn) {
    View view = channel.options.view();
    boolean same = view.equals(own.channel.options.view());
    Left one = left.get(own.runner());
    Spans had = one == null ? new Spans() : one.had;
    return new Brought(own.askedSeq, untilSeq, same ? null : view, goesOn, had, own.brought);
  }

  @Override
  public void begun() {
    brought = null;
    for (Subscription own : all) {
      if (holds(own) && !own.replay.hasBegun()) {
        own.askedSeq = broughtSeq(own);
      }
    }
    race().filter(race -> !race.replay.hasBegun()).ifPresent(race -> race.leave(this));
    race()
        .map(race -> race.left.get(runner()))
        .ifPresent(one -> one.fromSeq = Math.min(one.fromSeq, replay.fromSeq()));
  }

  @Override
  public void drops() {
    reset(feed());
    left.values().removeIf(one -> one.ended && !one.anew);
    left.forEach(
        (runner, one) -> {
          one.had.clear();
          own(runner).ifPresent(own -> one.fromSeq = own.drop());
        });
    if (left.isEmpty()) {
      channel.leave(member, null);
    }
  }

  /** What this feed has brought of its runner, up to a number that it returns, counts no more. */
  private long drop() {
    return replay.beginsAfter(sentSeq(runner()));
  }

  @Override
  public void caughtUp() {
    channel.admit(replay, member);
    catchUp();
  }

  /**
   * Leaves a runner to their own feed.
   *
   * @return the number up to which this feed has brought the runner, if it has begun
   */
  private long leave(Subscription own) {
    Runner runner = own.runner();
    Left one = left.get(runner);
    if (one == null) {
      one = new Left(own.replay.fromSeq());
      left.put(runner, one);
      channel.leave(member, this::leaves);
    } else {
      one.fromSeq = own.replay.fromSeq();
    }
    long caughtUpSeq = caughtUpSeq(runner, one);
    if (catchingUp != null && runner.equals(behind)) {
      one.had.add(catchingUp.fromSeq(), catchingUp.sentSeq(runner)); // maybe more than was flushed
      stopCatchingUp();
    }
    one.ended = false;
    if (replay.hasBegun()) {
      one.sentSeq = Math.max(caughtUpSeq, broughtSeq(runner, one));
    }
    catchUp();
    return one.sentSeq;
  }

  private long broughtSeq(Subscription own) {
    Runner runner = own.runner();
    Left one = left.get(runner);
    return one == null
        ? sentSeq(runner)
        : Math.max(caughtUpSeq(runner, one), broughtSeq(runner, one));
  }

  /** The number up to which catching up has brought everything of a runner; −1 for nothing. */
  private long caughtUpSeq(Runner runner, Left one) {
    Replay present = runner.equals(behind) && !one.anew ? catchingUp : null;
    return present == null ? -1 : present.sentSeq(runner);
  }

  /** The number up to which the subscriber has what this feed brings of a runner. */
  private long broughtSeq(Runner runner, Left one) {
    long sent = sentSeq(runner); // a position left out may come after some that are still to go
    return one.had.endOf(one.sentSeq < 0 ? sent : Math.min(one.sentSeq, sent));
  }

  private boolean leaves(Delivery delivery) {
    Left one = left.get(delivery.position().runner());
    if (one == null) {
      return false;
    }
    long seq = delivery.position().seq();
    if (seq <= one.fromSeq || one.had.cover(seq)) {
      return one.had.cover(seq);
    }
    if (one.sentSeq < 0) {
      one.sentSeq = delivery.since();
    }
    return true;
  }

  /** Takes back the runner of a feed that is about to end. */
  void takeBack(Subscription own) {
    Runner runner = own.runner();
    Left one = left.get(runner);
    if (one != null) {
      one.ended = true;
      if (own.replay.hasBegun()) {
        one.had.add(one.fromSeq, own.sentSeq(runner));
      }
      endIfOverfull();
      catchUp();
    }
  }

  private void endIfOverfull() {
    if (left.values().stream().mapToInt(Left::size).sum() > MOST_LEFT) {
      needs.comeBack().run();
    }
  }

  /** Brings what is missing of the runners whose own feed has ended, one after the other. */
  private void catchUp() {
    if (!member.isLive() || catchingUp != null) {
      return;
    }
    left.entrySet().stream()
        .filter(entry -> entry.getValue().ended)
        .findFirst()
        .ifPresent(
            entry -> {
              Runner runner = entry.getKey();
              Left behindWith = entry.getValue();
              boolean newestOnly = behindWith.anew && behindWith.had.size() == 0;
              var one =
                  new Replay(
                      channel,
                      member.part(),
                      new Feed.One(runner),
                      new Start.Recent(newestOnly ? 1 : 0),
                      needs,
                      () -> caughtUpWith(runner),
                      () -> {});
              behind = runner;
              catchingUp = one;
              channel.expect(one);
              if (newestOnly) {
                one.begin();
              } else {
                one.beginAfter(broughtSeq(runner, behindWith), behindWith.had);
              }
            });
  }

  private void caughtUpWith(Runner runner) {
    stopCatchingUp();
    forget(runner);
    catchUp();
  }

  /** The race's feed brings a runner like the others again. */
  private void forget(Runner runner) {
    left.remove(runner);
    if (left.isEmpty()) {
      channel.leave(member, null);
    }
  }

  private void stopCatchingUp() {
    if (catchingUp != null) {
      catchingUp.cancel();
      catchingUp = null;
    }
  }
}
