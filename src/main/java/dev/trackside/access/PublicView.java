package dev.trackside.access;

import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A log as those see it who look at a race without a key: runners who are not public are not in it.
 * Who looks at a single runner has shown that he may. Safe for use by many threads.
 */
public final class PublicView implements TrackLog {
  private final TrackLog log;
  private final Access access;

  public PublicView(TrackLog log, Access access) {
    this.log = log;
    this.access = access;
  }

  private boolean isShown(Position position) {
    return access.isPublic(position.runner());
  }

  @Override
  public Following follow(Feed feed, Follower follower) {
    return log.follow(feed, feed instanceof Feed.Race ? new Filter(follower) : follower);
  }

  private final class Filter implements Follower {
    private final Follower follower;

    Filter(Follower follower) {
      this.follower = follower;
    }

    @Override
    public void position(Position position) {
      if (isShown(position)) {
        follower.position(position);
      }
    }

    @Override
    public void erased(Runner runner) {
      if (access.isPublic(runner)) {
        follower.erased(runner);
      }
    }
  }

  @Override
  public List<Position> latest(Feed feed, int each) {
    List<Position> newest = log.latest(feed, each);
    return feed instanceof Feed.Race ? newest.stream().filter(this::isShown).toList() : newest;
  }

  @Override
  public Page after(Feed feed, long seq, int limit) {
    if (!(feed instanceof Feed.Race)) {
      return log.after(feed, seq, limit);
    }
    var shown = new ArrayList<Position>();
    for (long from = seq; ; ) {
      if (!(log.after(feed, from, limit) instanceof Page.Next(List<Position> page))) {
        return new Page.Gone();
      }
      for (Position position : page) {
        if (shown.size() < limit && isShown(position)) {
          shown.add(position);
        }
      }
      if (page.size() < limit || shown.size() == limit) {
        return new Page.Next(shown);
      }
      from = page.getLast().seq();
    }
  }

  @Override
  public CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes, boolean waits) {
    return log.append(runner, fixes, waits);
  }

  @Override
  public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    return log.between(runner, fromMs, fromSeq, toMs, limit);
  }

  @Override
  public void forget(Runner runner) {
    log.forget(runner);
  }

  @Override
  public boolean isFull() {
    return log.isFull();
  }

  @Override
  public void whenRoom(Runnable action) {
    log.whenRoom(action);
  }

  @Override
  public Optional<String> trouble() {
    return log.trouble();
  }

  @Override
  public void close() {
    log.close();
  }
}
