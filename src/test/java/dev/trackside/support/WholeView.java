package dev.trackside.support;

import static java.util.stream.Collectors.toSet;

import dev.trackside.track.Feed;
import dev.trackside.track.Follower;
import dev.trackside.track.Following;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import dev.trackside.track.View;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** All of a log, and how often it was read on in it. */
public record WholeView(TrackReader log, AtomicInteger reads) implements View {
  public WholeView(TrackReader log) {
    this(log, new AtomicInteger());
  }

  @Override
  public Following follow(Feed feed, Follower follower) {
    return log.follow(feed, follower);
  }

  @Override
  public List<Position> latest(Feed feed, int each) {
    return log.latest(feed, each);
  }

  @Override
  public List<Position> newest(Collection<Runner> runners) {
    return log.newest(runners);
  }

  @Override
  public Page after(Feed feed, long seq, int limit) {
    reads.incrementAndGet();
    return log.after(feed, seq, limit);
  }

  @Override
  public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    return log.between(runner, fromMs, fromSeq, toMs, limit);
  }

  @Override
  public boolean shows(Runner runner) {
    return true;
  }

  @Override
  public boolean shows(Position position) {
    return true;
  }

  @Override
  public Set<Runner> runners(Feed.Race race) {
    return log.latest(race, 1).stream().map(Position::runner).collect(toSet());
  }
}
