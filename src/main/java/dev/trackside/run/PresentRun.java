package dev.trackside.run;

import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A runner's positions back to the last silence of two hours, read from the log: the newest as they
 * are, the others as points. Of an endless run it holds the newest positions. For one thread.
 */
final class PresentRun {
  /** More than a day at one position a second. */
  private static final int MOST = 100_000;

  private static final int PAGE = 2_000;
  private static final int LOOKED_AT = 250;

  /** The most positions of one stretch of time. A stretch that has more is cut shorter. */
  private static final int MOST_AT_ONCE = 20_000;

  private static final int FEW = 8_000;

  private final TrackReader log;
  private final Runner runner;
  private final long untilSeq;
  private final ArrayDeque<PointList> past = new ArrayDeque<>();
  private final List<Position> newest = new ArrayList<>();
  private long firstMs;
  private long firstSeq;
  private int size;
  private int read;

  private PresentRun(TrackReader log, Runner runner, long untilSeq) {
    this.log = log;
    this.runner = runner;
    this.untilSeq = untilSeq;
  }

  /** The run as it is now. May wait for the log. */
  static PresentRun read(TrackReader log, Runner runner) {
    List<Position> latest = log.latest(new Feed.One(runner), LOOKED_AT);
    if (latest.isEmpty()) {
      return new PresentRun(log, runner, 0);
    }
    var present = new PresentRun(log, runner, latest.getLast().seq());
    present.begin(latest.stream().max(Position.BY_TIME).orElseThrow());
    present.goBack();
    return present;
  }

  /** The newest positions, ordered by moment. */
  List<Position> newest() {
    return newest;
  }

  /** All before the newest, ordered by moment, in several lists. */
  Iterable<PointList> past() {
    return past;
  }

  /** How many positions were read from the log. */
  int read() {
    return read;
  }

  /** Starts with the latest moment that arrived recently: later moments may have arrived before. */
  private void begin(Position known) {
    var later = new Span(Trail.RAW, Long.MAX_VALUE, Long.MAX_VALUE);
    later.add(known);
    later.read(known.tMs(), known.seq(), Integer.MAX_VALUE);
    put(later);
  }

  private void goBack() {
    long spanMs = Runs.SILENCE_MS;
    long beforeMs = firstMs; // between this and the first there is nothing
    while (size < MOST) {
      long fromMs = beforeMs - spanMs;
      var earlier = new Span(Trail.RAW - newest.size(), beforeMs, firstSeq);
      if (earlier.read(fromMs, Long.MAX_VALUE, MOST_AT_ONCE)) {
        long lastMs = earlier.count == 0 ? fromMs : earlier.lastMs;
        boolean follows = firstMs - lastMs < Runs.SILENCE_MS;
        if (follows && earlier.count > 0) {
          put(earlier);
        }
        if (!follows || earlier.hasBegun) {
          return;
        }
        beforeMs = earlier.count == 0 ? fromMs : firstMs;
        spanMs = earlier.count <= FEW ? 2 * spanMs : spanMs;
      } else if (spanMs > 1) {
        spanMs = Math.max(1, spanMs / 4);
      } else {
        return; // thousands at one moment
      }
    }
  }

  private void put(Span span) {
    past.addFirst(span.past);
    newest.addAll(0, span.last);
    firstMs = span.firstMs;
    firstSeq = span.firstSeq;
    size += span.count;
  }

  /** The positions of a span of time, after the last silence in it. */
  private final class Span {
    final ArrayDeque<Position> last = new ArrayDeque<>();
    PointList past = new PointList();
    int count;
    boolean hasBegun;
    long firstMs;
    long firstSeq;
    long lastMs;
    private final int raw;
    private final long toMs;
    private final long toSeq;

    /**
     * @param raw so many of its last positions stay as they are
     * @param toMs its end
     * @param toSeq the position that it must not reach, if that is of the same moment
     */
    Span(int raw, long toMs, long toSeq) {
      this.raw = raw;
      this.toMs = toMs;
      this.toSeq = toSeq;
    }

    /** Returns false if there are more than so many. */
    boolean read(long fromMs, long fromSeq, int most) {
      long tMs = fromMs;
      long seq = fromSeq;
      int found = 0;
      List<Position> page;
      do {
        page = log.between(runner, tMs, seq, toMs, PAGE);
        read += page.size();
        found += page.size();
        if (found > most) {
          return false;
        }
        for (Position position : page) {
          tMs = position.tMs();
          seq = position.seq();
          if (seq <= untilSeq && (tMs < toMs || seq < toSeq)) {
            add(position);
          }
        }
      } while (page.size() == PAGE);
      return true;
    }

    void add(Position position) {
      if (count > 0 && position.tMs() - lastMs >= Runs.SILENCE_MS) {
        hasBegun = true;
        count = 0;
        last.clear();
        past = new PointList();
      }
      if (count++ == 0) {
        firstMs = position.tMs();
        firstSeq = position.seq();
      }
      lastMs = position.tMs();
      last.add(position);
      if (last.size() > raw) {
        past.add(last.remove());
      }
    }
  }
}
