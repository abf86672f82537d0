package dev.trackside.sight;

import static java.util.Comparator.comparing;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.hub.Hub;
import dev.trackside.run.HeavyWork;
import dev.trackside.run.Views;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import dev.trackside.track.View;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists the runners of a race, or all live ones, as JSON. Safe for use by many threads. */
public final class RunnerLists {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int MOST_LIVE = 1_000;
  private static final int LOOKED_UP = 1_000;
  private static final int MOST_IN_RACE = 2_000;

  private final Hub hub;
  private final Access access;
  private final Views views;
  private final RunnerNames names;
  private final InstantSource clock;
  private final HeavyWork heavy;

  public RunnerLists(Hub hub, Access access, Views views, InstantSource clock, HeavyWork heavy) {
    this.hub = hub;
    this.access = access;
    this.views = views;
    this.names = new RunnerNames(access.claims());
    this.clock = clock;
    this.heavy = heavy;
  }

  /**
   * The visible runners of a race as a JSON object; of too many, those heard of last. Those of whom
   * no position is shown at present come first, without one.
   */
  public String inRace(Feed.Race race, @Nullable Key key) {
    ObjectNode answer =
        MAPPER.createObjectNode().put("race", race.race()).put("now", clock.millis());
    View seen = views.of(race, key);
    List<Position> all = seen.latest(race, 1);
    var hidden = new HashSet<Runner>(seen.runners(race));
    all.forEach(newest -> hidden.remove(newest.runner()));
    return written(
        answer,
        hidden.stream()
            .sorted(comparing(Runner::id))
            .limit(Math.max(0, MOST_IN_RACE - all.size()))
            .toList(),
        all.subList(Math.max(0, all.size() - MOST_IN_RACE), all.size()));
  }

  /** The public runners who are live, as a JSON object. */
  public String nowLive() {
    ObjectNode answer = MAPPER.createObjectNode().put("now", clock.millis());
    var runners = new ArrayList<Position>();
    List<Runner> open =
        access.claims().all().stream()
            .filter(claim -> claim.isPublic() && !claim.run().finished())
            .map(Claim::runner)
            .toList();
    for (int from = 0; from < open.size() && runners.size() < MOST_LIVE; from += LOOKED_UP) {
      List<Runner> some = open.subList(from, Math.min(from + LOOKED_UP, open.size()));
      for (Position newest : views.forAll().newest(some)) {
        if (statusOf(newest).state() == Status.State.LIVE && runners.size() < MOST_LIVE) {
          runners.add(newest);
        }
      }
    }
    return written(answer, List.of(), runners);
  }

  private String written(ObjectNode answer, List<Runner> hidden, List<Position> newest) {
    return heavy.begin(
        () -> {
          ArrayNode runners = answer.putArray("runners");
          hidden.forEach(one -> runners.add(jsonOfHidden(one)));
          newest.forEach(one -> runners.add(json(one, statusOf(one))));
          return MAPPER.writeValueAsString(answer);
        });
  }

  private ObjectNode json(Position newest, Status status) {
    Runner runner = newest.runner();
    return RunnerJson.of(runner, names.of(runner, newest), status, newest);
  }

  /** A runner of whom nothing is shown at present. */
  private ObjectNode jsonOfHidden(Runner runner) {
    Status status = hub.status(new Feed.One(runner), null);
    return RunnerJson.of(runner, names.of(runner, null), status, null);
  }

  private Status statusOf(Position newest) {
    return hub.status(new Feed.One(newest.runner()), newest);
  }
}
