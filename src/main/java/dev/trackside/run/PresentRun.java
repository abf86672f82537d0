package dev.trackside.run;

import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.util.ArrayDeque;
import java.util.List;

/**
 * A runner's positions back to the last silence of two hours, read from the log. Of an endless run
 * it holds the newest positions.
 */
final class PresentRun {
  /** More than a day at one position a second. */
  private static final int MOST = 100_000;

  private static final int PAGE = 2_000;
  private static final int LOOKED_AT = 250;

  private final TrackReader log;
  private final Runner runner;
  private final long untilSeq;
  private final ArrayDeque<Position> run = new ArrayDeque<>();

  private PresentRun(TrackReader log, Runner runner, long untilSeq) {
    this.log = log;
    this.runner = runner;
    this.untilSeq = untilSeq;
  }

  /** The run as it is now, ordered by moment. */
  static List<Position> read(TrackReader log, Runner runner) {
    List<Position> latest = log.latest(new Feed.One(runner), LOOKED_AT);
    if (latest.isEmpty()) {
      return List.of();
    }
    var present = new PresentRun(log, runner, latest.getLast().seq());
    present.begin(latest.stream().max(Position.BY_TIME).orElseThrow());
    return List.copyOf(present.run);
  }

  /** Starts with the latest moment that arrived recently: later moments may have arrived before. */
  private void begin(Position known) {
    run.add(known);
    for (Position later : between(known.tMs(), known.seq(), Long.MAX_VALUE)) {
      if (later.tMs() - run.getLast().tMs() >= Runs.SILENCE_MS) {
        run.clear();
      }
      run.add(later);
    }
    long spanMs = Runs.SILENCE_MS;
    while (run.size() < MOST && goBack(spanMs)) {
      spanMs *= 2;
    }
  }

  /** Adds the positions of a time span before the first; returns whether there may be more. */
  private boolean goBack(long spanMs) {
    Position first = run.getFirst();
    List<Position> earlier = between(first.tMs() - spanMs, Long.MAX_VALUE, first.tMs());
    for (Position position : earlier.reversed()) {
      if (Position.BY_TIME.compare(position, first) < 0) {
        if (run.getFirst().tMs() - position.tMs() >= Runs.SILENCE_MS || run.size() == MOST) {
          return false;
        }
        run.addFirst(position);
      }
    }
    return run.getFirst().seq() != first.seq();
  }

  /** The last {@value #MOST} of them at most. */
  private List<Position> between(long fromMs, long fromSeq, long toMs) {
    var found = new ArrayDeque<Position>();
    long tMs = fromMs;
    long seq = fromSeq;
    List<Position> page;
    do {
      page = log.between(runner, tMs, seq, toMs, PAGE);
      for (Position position : page) {
        if (position.seq() <= untilSeq) {
          found.add(position);
        }
        tMs = position.tMs();
        seq = position.seq();
      }
      while (found.size() > MOST) {
        found.remove();
      }
    } while (page.size() == PAGE);
    return List.copyOf(found);
  }
}
