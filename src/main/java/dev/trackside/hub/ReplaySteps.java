package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one replay, each in a turn of its own: a read of the log, and what leaves at once of
 * its result. Owned by a lane.
 */
final class ReplaySteps {
  /**
   * What replays need of their subscriber.
   *
   * @param comeBack runs when the past cannot be sent at present
   */
  record Needs(LogReads reads, ReplayTurns turns, Executor lane, Runnable comeBack) {}

  private final Needs needs;
  private final Runnable turn = this::run;
  private Runnable firstRead;
  private Runnable step = () -> {};
  private LogReads.@Nullable Ticket ticket;
  private boolean over;

  /**
   * @param firstRead runs once, when the log has been read for the first time or need not be
   */
  ReplaySteps(Needs needs, Runnable firstRead) {
    this.needs = needs;
    this.firstRead = firstRead;
  }

  /** Chooses what the next turn does. */
  void next(Runnable chosen) {
    step = chosen;
  }

  /** Asks for a turn; {@link #pause} or {@link #again} ends it. */
  void ask() {
    if (!over) {
      needs.turns.ask(turn);
    }
  }

  private void run() {
    step.run();
  }

  /** Ends this turn until {@link #ask}. */
  void pause() {
    needs.turns.end();
  }

  /** Ends this turn and asks for the next. */
  void again() {
    pause();
    ask();
  }

  /** Reads the log in this turn. */
  void read(LogReads.Reading reading, Consumer<Page> use) {
    var wish =
        new LogReads.Ticket(
            reading,
            needs.lane,
            page -> {
              if (!over) {
                ticket = null;
                tellFirstRead();
                use.accept(page);
              }
            },
            needs.comeBack);
    ticket = wish;
    needs.reads.ask(wish);
  }

  /** Reads the newest positions of each runner in this turn, one at least. */
  void readNewest(TrackReader log, Feed feed, int each, Consumer<List<Position>> use) {
    read(
        new LogReads.Latest(log, feed, Math.max(1, each)),
        page -> use.accept(LogReads.positionsOf(page)));
  }

  /**
   * Reads the first of a runner's newest positions in this turn, without those that are live.
   *
   * @param liveSeq the number of the first live position, as far as that is known
   */
  void readStart(
      TrackReader log,
      Runner runner,
      int each,
      LongSupplier liveSeq,
      Consumer<List<Position>> use) {
    long untilSeq = liveSeq.getAsLong() - 1;
    read(
        new LogReads.StartOfLatest(log, runner, each, untilSeq),
        page -> {
          if (liveSeq.getAsLong() <= untilSeq) {
            readStart(log, runner, each, liveSeq, use);
          } else {
            use.accept(LogReads.positionsOf(page));
          }
        });
  }

  private void tellFirstRead() {
    Runnable first = firstRead;
    firstRead = () -> {};
    first.run();
  }

  boolean isOver() {
    return over;
  }

  /** No turn comes any more. The present one ends as usual. */
  void finish() {
    over = true;
  }

  /** Gives up; a turn that waits for a piece to leave ends with it. */
  void cancel() {
    over = true;
    LogReads.Ticket asked = ticket;
    if (asked != null) {
      ticket = null;
      needs.reads.drop(asked);
      needs.turns.end();
    }
    needs.turns.drop(turn);
    tellFirstRead();
  }
}
