package dev.trackside.api;

import dev.trackside.call.Problem;
import dev.trackside.sight.RunnerNames;
import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The positions that a call asks for, up to the newest at its beginning. They are read page by
 * page, as fast as the reader takes them, and can be read several times. For one thread.
 */
final class Stretch {
  private static final int PAGE = 250;

  /** A page of positions that are as long as they may be, and what the answer is written with. */
  static final int MOST_BYTES = 256 * 1024;

  /** Takes one position after the other. */
  interface Sink {
    void accept(Position position) throws IOException;
  }

  /** How far it has been written: after a position, with so many more to come. */
  private record Reached(@Nullable Position last, long left) {}

  private final TrackReader log;
  private final Runner runner;
  private final @Nullable Position newest;
  private final TrackQuery query;
  private final LongAnswer answer;

  /**
   * @param newest the newest position of the runner; null if there is none
   * @param answer writes a page after the other
   */
  Stretch(
      TrackReader log,
      Runner runner,
      @Nullable Position newest,
      TrackQuery query,
      LongAnswer answer) {
    this.log = log;
    this.runner = runner;
    this.newest = newest;
    this.query = query;
    this.answer = answer;
  }

  Runner runner() {
    return runner;
  }

  /** The name that the runner's phone sent last, in the stretch or not, else the id. */
  String name() {
    return newest == null ? runner.id() : RunnerNames.of(newest);
  }

  /** The number of the newest position of the runner, in the stretch or not; 0 if there is none. */
  long newestSeq() {
    return newest == null ? 0 : newest.seq();
  }

  /**
   * Reads the first page for nobody.
   *
   * @throws Problem when the log does not know the number to begin after
   */
  void checkBeginning() throws IOException {
    answer.write(() -> pageAfter(null), List::isEmpty);
  }

  /**
   * @throws Problem when the log does not know the number to begin after
   * @throws UncheckedIOException when the log cannot be read on
   */
  void each(Sink sink) throws IOException {
    var reached = new Reached(null, query.limit());
    while (reached.left > 0) {
      Reached from = reached;
      reached = answer.write(() -> pageAfter(from.last), page -> written(from, page, sink));
    }
  }

  private Reached written(Reached from, List<Position> page, Sink sink) {
    long left = from.left;
    try {
      for (Position position : page) {
        if (left > 0 && position.seq() <= newestSeq() && query.holds(position.tMs())) {
          sink.accept(position);
          left--;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The track cannot be written.", e);
    }
    boolean ended =
        page.isEmpty() || (query.after() != null && page.getLast().seq() >= newestSeq());
    return ended ? new Reached(null, 0) : new Reached(page.getLast(), left);
  }

  /** The first page, or the one after a position. */
  private List<Position> pageAfter(@Nullable Position last) {
    int size = last == null ? (int) Math.min(PAGE, query.limit()) : PAGE;
    if (query.after() == null) {
      return last == null
          ? log.between(runner(), query.fromMs(), 0, query.toMs(), size)
          : log.between(runner(), last.tMs(), last.seq(), query.toMs(), size);
    }
    long after = last == null ? query.after() : last.seq();
    return switch (log.after(new Feed.One(runner()), after, size)) {
      case Page.Next(var positions) -> positions;
      case Page.Gone _ when last == null -> throw Problem.gone(after);
      case Page.Gone _ ->
          throw new UncheckedIOException(new IOException("The log no longer keeps what follows."));
    };
  }
}
