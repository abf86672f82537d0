package dev.trackside.api;

import dev.trackside.call.Problem;
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
 * The positions that a call asks for, up to the newest at its beginning. They are read from the log
 * page by page, at the speed of whoever takes them, and as often as wanted. Not for several
 * threads.
 */
final class Stretch {
  private static final int PAGE = 2_000;

  /** Takes one position after the other. */
  interface Sink {
    void accept(Position position) throws IOException;
  }

  private final TrackReader log;
  private final Position newest;
  private final TrackQuery query;
  private @Nullable List<Position> first;

  /**
   * Reads the first page.
   *
   * @throws Problem when the number to begin after is not of this log
   */
  Stretch(TrackReader log, Position newest, TrackQuery query) {
    this.log = log;
    this.newest = newest;
    this.query = query;
    this.first = beginning();
  }

  Runner runner() {
    return newest.runner();
  }

  /** The newest position of the runner, in the stretch or not. */
  Position newest() {
    return newest;
  }

  /**
   * @throws UncheckedIOException when the log cannot be read on
   */
  void each(Sink sink) throws IOException {
    List<Position> page = first == null ? beginning() : first;
    first = null;
    long left = query.limit();
    while (!page.isEmpty()) {
      for (Position position : page) {
        if (left > 0 && position.seq() <= newest.seq() && query.holds(position.tMs())) {
          sink.accept(position);
          left--;
        }
      }
      Position last = page.getLast();
      boolean ended = left == 0 || (query.after() != null && last.seq() >= newest.seq());
      page = ended ? List.of() : following(last);
    }
  }

  private List<Position> beginning() {
    if (query.after() == null) {
      return log.between(runner(), query.fromMs(), 0, query.toMs(), pageSize());
    }
    return switch (log.after(new Feed.One(runner()), query.after(), pageSize())) {
      case Page.Next(var positions) -> positions;
      case Page.Gone _ -> throw Problem.gone(query.after());
    };
  }

  private List<Position> following(Position last) {
    if (query.after() == null) {
      return log.between(runner(), last.tMs(), last.seq(), query.toMs(), PAGE);
    }
    return switch (log.after(new Feed.One(runner()), last.seq(), PAGE)) {
      case Page.Next(var positions) -> positions;
      case Page.Gone _ ->
          throw new UncheckedIOException(new IOException("What was to follow is no longer kept."));
    };
  }

  private int pageSize() {
    return (int) Math.min(PAGE, query.limit());
  }
}
