package dev.trackside.hub;

import static java.util.stream.Collectors.toSet;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's way through the past of a feed to the present, at the subscriber's speed. A
 * subscriber that makes a piece wait holds that piece and no positions: what comes behind it is
 * read again when it has left. Owned by a lane.
 */
final class Replay implements Joining {
  private final Channel channel;
  private final Member member;
  private final Feed feed;
  private final Start start;
  private final Neighbours neighbours;
  private final TrackReader log;
  private final ReplaySteps steps;
  private final ReplayPieces pieces;
  private final LiveStart live;
  private final List<Runnable> awaiting = new ArrayList<>(0);
  private @Nullable TrailRest rest;
  private long restBytes;
  private long pastSeq;
  private long fromSeq;
  private long broughtSeq;
  private boolean gapless;
  private boolean reset;
  private boolean begun;

  /**
   * @param feed the channel's feed, or one runner of its race
   * @param firstRead runs once, when the log has been read for the first time or need not be
   */
  Replay(
      Channel channel,
      Member member,
      Feed feed,
      Start start,
      ReplaySteps.Needs needs,
      Neighbours neighbours,
      Runnable firstRead) {
    this.channel = channel;
    this.member = member;
    this.feed = feed;
    this.start = start;
    this.neighbours = neighbours;
    log = channel.options.view();
    live = new LiveStart(channel);
    steps = new ReplaySteps(needs, firstRead);
    pieces = new ReplayPieces(channel, member, feed, steps::again);
  }

  /** The number up to which the subscriber has everything of a runner that it will get. */
  long sentSeq(Runner runner) {
    long cursor = pieces.cursor();
    long sent = rest == null ? cursor : rest.sentSeq(runner, cursor).orElse(pastSeq);
    return Math.max(sent, pieces.floorSeq());
  }

  /** The subscriber gets everything after this number; to be asked if {@link #knowsFrom}. */
  long fromSeq() {
    return fromSeq;
  }

  /** Raises {@link #fromSeq} to a number, and returns it. */
  long beginsAfter(long seq) {
    fromSeq = Math.max(fromSeq, seq);
    return fromSeq;
  }

  /** Nobody's newest position up to this number was asked for. */
  long unaskedSeq() {
    if (start instanceof Start.After(long seq, int _) && !reset) {
      return seq;
    }
    return start.each() == 0 ? fromSeq : 0;
  }

  /** A subscriber that names a number has everything before it. */
  boolean knowsFrom() {
    return begun || start instanceof Start.After;
  }

  boolean hasBegun() {
    return begun;
  }

  /** Whether nothing is lost when another feed begins first. */
  boolean canWait() {
    return !begun && !live.isKnown();
  }

  /** Runs an action once this replay has begun or has been cancelled. */
  void whenBegun(Runnable action) {
    awaiting.add(action);
  }

  void begin() {
    if (start instanceof Start.After(long seq, int _)) {
      pieces.moveTo(seq);
    }
    steps.next(this::readFirst);
    steps.ask();
  }

  /** Brings everything after a number, which need not be one of this feed, but what is there. */
  void beginAfter(long seq, Spans had) {
    pieces.leaveOut(had::cover);
    goTo(seq);
    steps.next(this::readOn);
    steps.ask();
  }

  private void goTo(long seq) {
    gapless = true;
    fromSeq = seq;
    pieces.floor(seq);
    pieces.moveTo(seq);
  }

  void cancel() {
    steps.cancel();
    dropRest();
    channel.giveUp(this);
    runAwaiting();
  }

  private void runAwaiting() {
    List<Runnable> now = List.copyOf(awaiting);
    awaiting.clear();
    now.forEach(Runnable::run);
  }

  /** Whether the feeds that go first have begun; if not, begins anew once they have. */
  private boolean mayBegin() {
    if (begun || neighbours.haveBegun(this::begin)) {
      return true;
    }
    steps.pause();
    return false;
  }

  private void readFirst() {
    if (mayBegin()) {
      switch (start) {
        case Start.Recent(int each) -> readTrail(each, false);
        case Start.After _ -> readOn();
        case Start.Again again ->
            steps.readNewest(log, feed, again.each(), newest -> sendAgain(again.fromSeq(newest)));
      }
    }
  }

  @Override
  public void readOn() {
    long readable = channel.readableSeq();
    steps.read(
        new LogReads.After(log, feed, pieces.cursor(), ReplayPieces.PAGE),
        page -> {
          switch (page) {
            case Page.Next(List<Position> positions) -> sendPage(positions, readable);
            case Page.Gone() when gapless || begun ->
                steps.read(
                    new LogReads.Kept(log, feed, pieces.cursor(), ReplayPieces.PAGE),
                    kept -> sendPage(LogReads.positionsOf(kept), readable));
            case Page.Gone() -> readTrail(start.each(), true);
          }
        });
  }

  private void readTrail(int each, boolean reset) {
    Consumer<List<Position>> use = newest -> sendTrail(newest, each, reset, null);
    if (start.isLong() && feed instanceof Feed.One(Runner runner)) {
      steps.readStart(log, runner, each, live::seq, use);
    } else {
      steps.readNewest(log, feed, each, use);
    }
  }

  @Override
  public void liveFrom(long seq, long before) {
    live.is(seq, before);
  }

  @Override
  public void tell(byte[] bytes, Notice notice) {
    if (feed.equals(channel.feed)) { // otherwise the race's own member is told
      member.outlet.tell(bytes, notice);
    }
  }

  @Override
  public void shownAnew(Runner runner) {
    member.shownAnew.accept(runner);
  }

  /**
   * @param both what of it the race's view has shown, if that was read as well
   */
  private void sendTrail(
      List<Position> newest, int asked, boolean reset, @Nullable LatestOfTwo both) {
    if (!mayBegin()) {
      return;
    }
    if (live.leavesTooFew(newest, asked, start.each())) {
      readTrail(live.needed(start.each()), reset);
      return;
    }
    if (reset) {
      this.reset = true;
      neighbours.drops();
      pieces.floor(-1);
      sendNewest(newest, -1, null);
      return;
    }
    Optional<Brought> taken = neighbours.takeOver();
    if (taken.isEmpty()) {
      sendNewest(newest, -1, null);
      return;
    }
    Brought race = taken.get();
    broughtSeq = race.untilSeq();
    if (race.otherView() == null) {
      pieces.leaveOut(race::covers);
      sendNewest(newest, race.goesOn() ? race.untilSeq() : -1, race);
    } else if (both != null && race.equals(both.race())) {
      sendUnshown(newest, both.shown(), race);
    } else {
      readBoth(race, live.needed(start.each()));
    }
  }

  /** Reads the trail once more, and what of it the race's view shows. */
  private void readBoth(Brought race, int asked) {
    var both = new LatestOfTwo(log, feed, asked, race);
    steps.read(both, page -> sendTrail(LogReads.positionsOf(page), asked, false, both));
  }

  /** Sends what was taken back, as it is shown now and whatever a race has brought of it. */
  private void sendAgain(long seq) {
    if (mayBegin()) {
      neighbours.takeOver();
      readFrom(seq);
    }
  }

  private void readFrom(long seq) {
    goTo(seq);
    hasNowBegun();
    readOn();
  }

  /** Sends the newest positions without those that the race has shown. */
  private void sendUnshown(List<Position> newest, List<Position> shown, Brought race) {
    Set<Long> seqs = shown.stream().map(Position::seq).filter(race::covers).collect(toSet());
    pieces.leaveOut(seqs::contains);
    sendNewest(newest, race.goesOn() ? Math.min(race.owedSeq(shown), live.seq() - 1) : -1, race);
  }

  /**
   * @param owedSeq everything after this number comes as well; −1 for nothing
   * @param race what the race has brought, if it owes something
   */
  private void sendNewest(List<Position> newest, long owedSeq, @Nullable Brought race) {
    List<Position> past = newest.stream().filter(position -> position.seq() < live.seq()).toList();
    List<Position> chosen = TrailRest.newestOfEach(past, start.each());
    pastSeq = past.isEmpty() ? 0 : past.getLast().seq();
    long trailSeq = chosen.isEmpty() ? pastSeq + 1 : chosen.getFirst().seq();
    boolean one = feed instanceof Feed.One;
    if (race != null && owedSeq >= 0 && owedSeq < trailSeq - 1) {
      pieces.leaveOutToo(seq -> seq < trailSeq && race.had(seq));
      readFrom(owedSeq);
      return;
    }
    if (chosen.isEmpty()) {
      channel.options.encoder().mark(pastSeq).ifPresent(mark -> member.outlet.own(mark, null));
    } else if (one && start.isLong()) {
      readFrom(trailSeq - 1);
      return;
    }
    List<Position> wanted = chosen.stream().filter(pieces::isWanted).toList();
    fromSeq = wanted.isEmpty() ? pastSeq : wanted.getFirst().seq() - 1;
    pieces.moveTo(fromSeq);
    var trail = new TrailRest(log, wanted);
    rest = trail;
    hasNowBegun();
    steps.next(one ? this::readOn : this::readRest);
    if (pieces.send(wanted)) {
      trailSent();
    } else if (one) {
      rest = null; // what is left of it comes after the cursor
    } else {
      restBytes = trail.bytes();
      member.outlet.alsoHold(restBytes);
    }
  }

  private void hasNowBegun() {
    if (!begun) {
      begun = true;
      neighbours.begun();
      runAwaiting();
    }
  }

  private void readRest() {
    TrailRest left = rest;
    long cursor = pieces.cursor();
    if (left == null || left.isEmptyAfter(cursor)) {
      trailSent();
      return;
    }
    steps.read(
        left.after(cursor, ReplayPieces.PAGE),
        page -> {
          if (pieces.send(LogReads.positionsOf(page))) {
            pieces.moveTo(left.lastSeqAfter(cursor, ReplayPieces.PAGE));
            steps.again();
          }
        });
  }

  private void dropRest() {
    rest = null;
    member.outlet.alsoHold(-restBytes);
    restBytes = 0;
  }

  private void trailSent() {
    dropRest();
    pieces.moveTo(Math.max(pieces.cursor(), pastSeq));
    meetNow();
  }

  /**
   * @param readable how far the log could be read: positions up to there that it did not return are
   *     hidden or gone, and not to be read again
   */
  private void sendPage(List<Position> page, long readable) {
    if (!mayBegin()) {
      return;
    }
    hasNowBegun();
    pieces.raiseFloor();
    steps.next(this::readOn);
    if (!pieces.send(page)) {
      return;
    }
    if (page.size() == ReplayPieces.PAGE) {
      steps.again();
    } else {
      pieces.moveTo(Math.max(pieces.cursor(), readable));
      meetNow();
    }
  }

  @Override
  public void meet() {
    steps.next(this::meetNow);
    steps.ask();
  }

  private void meetNow() {
    channel.meet(this, pieces.cursor(), broughtSeq);
  }

  @Override
  public void rest() {
    steps.pause();
  }

  @Override
  public void catchUp(List<Position> missing) {
    pieces.raiseFloor();
    steps.next(this::meetNow);
    if (pieces.sendAtOnce(missing)) {
      steps.finish();
      pieces.finish();
      neighbours.caughtUp();
    }
    if (!pieces.isStalled()) {
      steps.again();
    }
  }
}
