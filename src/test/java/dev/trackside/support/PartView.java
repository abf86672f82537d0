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
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A part of a small log. */
public record PartView(TrackReader log, Predicate<Position> shown) implements View {
  private List<Position> seen(List<Position> positions) {
    return positions.stream().filter(shown).toList();
  }

  @Override
  public Following follow(Feed feed, Follower follower) {
    return log.follow(
        feed,
        new Follower() {
          @Override
          public void positions(List<Position> bunch) {
            if (!seen(bunch).isEmpty()) {
              follower.positions(seen(bunch));
            }
          }

          @Override
          public void erased(Runner runner) {
            follower.erased(runner);
          }

          @Override
          public void shownAnew(Runner runner) {
            follower.shownAnew(runner);
          }
        });
  }

  @Override
  public List<Position> latest(Feed feed, int each) {
    var counts = new HashMap<Runner, Integer>();
    return seen(log.latest(feed, MOST)).reversed().stream()
        .filter(position -> counts.merge(position.runner(), 1, Integer::sum) <= each)
        .toList()
        .reversed();
  }

  @Override
  public List<Position> newest(Collection<Runner> runners) {
    return seen(log.newest(runners));
  }

  @Override
  public Page after(Feed feed, long seq, int limit) {
    return switch (log.after(feed, seq, MOST)) {
      case Page.Next(List<Position> page) ->
          new Page.Next(seen(page).stream().limit(limit).toList());
      case Page.Gone gone -> gone;
    };
  }

  @Override
  public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    return seen(log.between(runner, fromMs, fromSeq, toMs, limit));
  }

  @Override
  public boolean shows(Runner runner) {
    return true;
  }

  @Override
  public boolean shows(Position position) {
    return shown.test(position);
  }

  @Override
  public Set<Runner> runners(Feed.Race race) {
    return log.latest(race, 1).stream().map(Position::runner).collect(toSet());
  }
}
