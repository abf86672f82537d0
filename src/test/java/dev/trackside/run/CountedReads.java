package dev.trackside.run;

import dev.trackside.track.Feed;
import dev.trackside.track.Follower;
import dev.trackside.track.Following;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.util.Collection;
import java.util.List;

/** A log that counts the positions that are read from it, but for single ones. */
final class CountedReads implements TrackReader {
  private final TrackReader log;
  long positions;

  CountedReads(TrackReader log) {
    this.log = log;
  }

  private List<Position> counted(List<Position> read) {
    positions += read.size() > 1 ? read.size() : 0;
    return read;
  }

  @Override
  public Following follow(Feed feed, Follower follower) {
    return log.follow(feed, follower);
  }

  @Override
  public List<Position> latest(Feed feed, int each) {
    return counted(log.latest(feed, each));
  }

  @Override
  public List<Position> newest(Collection<Runner> runners) {
    return counted(log.newest(runners));
  }

  @Override
  public Page after(Feed feed, long seq, int limit) {
    Page page = log.after(feed, seq, limit);
    if (page instanceof Page.Next(var read)) {
      counted(read);
    }
    return page;
  }

  @Override
  public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    return counted(log.between(runner, fromMs, fromSeq, toMs, limit));
  }
}
