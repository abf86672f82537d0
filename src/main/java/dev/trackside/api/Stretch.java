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

  private final TrackReader log;
  private final Runner runner;
  private final @Nullable Position newest;
  private final TrackQuery query;
  private final LongAnswer answer;
  private @Nullable List<Position> first;

  /**
   * Reads the first page.
   *
   * @param newest the newest position of the runner; null if there is none
   * @param answer writes a page after the other
   * @throws Problem when the log does not know the number to begin after
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
    this.first = pageAfter(null);
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
   * @throws UncheckedIOException when the log cannot be read on
   */
  void each(Sink sink) throws IOException {
    List<Position> page = first == null ? pageAfter(null) : first;
    first = null;
    long left = query.limit();
    while (!page.isEmpty()) {
      List<Position> wanted =
          page.stream()
              .filter(one -> one.seq() <= newestSeq() && query.holds(one.tMs()))
              .limit(left)
              .toList();
      left -= wanted.size();
      answer.write(wanted, sink);
      Position last = page.getLast();
      boolean ended = left == 0 || (query.after() != null && last.seq() >= newestSeq());
      page = ended ? List.of() : pageAfter(last);
    }
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
