package dev.trackside.sight;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.hub.Hub;
import dev.trackside.json.Json;
import dev.trackside.json.TrailJson;
import dev.trackside.run.HeavyWork;
import dev.trackside.run.Masks;
import dev.trackside.run.Trail;
import dev.trackside.run.Trails;
import dev.trackside.run.Views;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import dev.trackside.track.View;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows single runners: status, name and present trail. Safe for use by many threads. */
public final class Sights {
  /** How often a runner is read, at most, while what is hidden of them changes. */
  private static final int MOST_TIMES = 3;

  private final Hub hub;
  private final Access access;
  private final Views views;
  private final Masks masks;
  private final RunnerNames names;
  private final Trails trails;
  private final InstantSource clock;
  private final HeavyWork heavy;

  public Sights(
      Hub hub, Access access, Views views, Masks masks, InstantSource clock, HeavyWork heavy) {
    this.hub = hub;
    this.access = access;
    this.views = views;
    this.masks = masks;
    this.clock = clock;
    names = new RunnerNames(access.claims());
    this.heavy = heavy;
    trails = new Trails(clock, heavy);
    access.claims().whenRemoved(trails::forget);
  }

  /** What a client that may follow a runner sees; empty for no such runner. May block. */
  public Optional<Sight> see(Runner runner, @Nullable Key key) {
    String hidden = hidden(runner, key);
    Optional<Sight> sight = read(runner, key);
    for (int times = 1; times < MOST_TIMES && !hidden.equals(hidden(runner, key)); times++) {
      hidden = hidden(runner, key);
      sight = read(runner, key);
    }
    return sight;
  }

  /** What is seen; what is read while that changes may be a mixture. */
  private Optional<Sight> read(Runner runner, @Nullable Key key) {
    String edition = access.owns(runner, key) ? "-whole" : masks.edition(runner);
    var feed = new Feed.One(runner);
    View seen = views.of(feed, key);
    List<Position> latest = seen.latest(feed, 1);
    Position newest = latest.isEmpty() ? null : latest.getFirst();
    if (newest == null && access.claims().of(runner).isEmpty()) {
      return Optional.empty();
    }
    Trail trail = newest == null ? Trail.NONE : trails.of(runner, seen, () -> hidden(runner, key));
    return Optional.of(
        new Sight(runner, names.of(runner, newest), hub.status(feed, newest), trail, edition));
  }

  /** Differs with what is hidden. */
  private String hidden(Runner runner, @Nullable Key key) {
    return access.owns(runner, key) ? "-whole" : masks.tag(runner);
  }

  /** Writes a sight as a JSON object. Waits for the threads of heavy work. */
  public String json(Sight sight) {
    return heavy.begin(() -> written(sight));
  }

  private String written(Sight sight) {
    Status status = sight.status();
    var json = new StringBuilder(16_384);
    json.append("{\"id\":\"").append(sight.runner().id());
    json.append("\",\"name\":").append(Json.quoted(sight.name()));
    json.append(",\"now\":").append(clock.millis());
    json.append(",\"state\":\"").append(status.state().name().toLowerCase(Locale.ROOT));
    json.append("\",\"watching\":").append(status.watching());
    if (status.state() != Status.State.UNKNOWN) {
      known(json, "heard", status.heardMs());
    }
    known(json, "sos", status.sosMs());
    known(json, "finished", status.finishedMs());
    known(json, "behind", status.behind());
    TrailJson.append(sight.trail(), json.append(",\n"));
    return json.append("}\n").toString();
  }

  private static void known(StringBuilder json, String name, long value) {
    if (value > 0) {
      json.append(",\"").append(name).append("\":").append(value);
    }
  }
}
