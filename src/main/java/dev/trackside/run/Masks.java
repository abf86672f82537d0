package dev.trackside.run;

import dev.trackside.access.Claim;
import dev.trackside.access.Claims;
import dev.trackside.access.Key;
import dev.trackside.access.PastRuns;
import dev.trackside.access.RunEnd;
import dev.trackside.access.RunState;
import dev.trackside.track.Feed;
import dev.trackside.track.Follower;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.TrackReader;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The masks of the runners who have one. They learn what to hide from the claims, and positions
 * from the log, before any of its followers; these are told when something that they have seen is
 * hidden, or the other way round. Safe for use by many threads.
 */
public final class Masks implements Follower, Claims.ClaimWatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Masks.class);

  /** Followers are told this many times sooner than other chores are done. */
  private static final int SOONER = 5;

  /** So much of the log is read at once; a longer track is read in the background. */
  private static final int FEW_PAGES = 2;

  /** Among so many of the last arrivals is the newest moment, or close to it. */
  private static final int LOOKED_AT = 250;

  private final TrackLog log;
  private final Claims claims;
  private final Supplier<Key.Hash> secret;
  private final InstantSource clock;
  private final Chores chores;
  private final HeavyWork heavy;
  private final Retelling followers;
  private final Map<Runner, Mask> masks = new ConcurrentHashMap<>();

  /**
   * @param secret shifts the centres of what is hidden; asked for when there is something to hide
   * @param heavy where tracks are looked through
   */
  public Masks(
      TrackLog log,
      Claims claims,
      Supplier<Key.Hash> secret,
      InstantSource clock,
      Chores chores,
      HeavyWork heavy) {
    this.log = log;
    this.claims = claims;
    this.secret = secret;
    this.clock = clock;
    this.chores = chores;
    this.heavy = heavy;
    this.followers = new Retelling(chores, chores.delay().dividedBy(SOONER), log::showAnew);
  }

  @Override
  public void changed(@Nullable Claim before, @Nullable Claim after) {
    if (after != null && after.privacy().maskM() != 0) {
      hide(before, after);
    } else if (after != null) {
      show(after.runner());
    } else if (before != null) {
      masks.remove(before.runner());
    }
  }

  private void show(Runner runner) {
    if (masks.remove(runner) != null) {
      followers.now(runner);
    }
  }

  /** Hides a runner as the claim says; everything, until the log has been read. */
  private void hide(@Nullable Claim before, Claim claim) {
    Runner runner = claim.runner();
    int maskM = claim.privacy().maskM();
    Mask known = masks.get(runner);
    if (known != null && known.end(claim.run())) {
      if (known.widen(maskM)) {
        followers.now(runner);
      }
      return;
    }
    RunState run = known == null ? claim.run() : claim.run().knowing(PastRuns.NONE);
    var mask = new Mask(maskM, run, secret.get(), newsOf(runner));
    masks.put(runner, mask);
    read(runner, FEW_PAGES);
    if (before != null && !mask.isOpen()) {
      followers.now(runner);
    }
  }

  private Mask.News newsOf(Runner runner) {
    return new Mask.News() {
      @Override
      public void changed() {
        followers.soon(runner);
      }

      @Override
      public void begun() {
        chores.start(runner, Chores.Kind.LOOK_BACK, () -> lookBack(runner));
      }
    };
  }

  /** Finds out whether a runner was seen where they have begun a run. */
  private void lookBack(Runner runner) {
    Mask mask = masks.get(runner);
    if (mask == null) {
      return;
    }
    List<Position> latest = log.latest(new Feed.One(runner), TrackReader.MOST);
    if (heavy.goOn(() -> mask.hasComeTo(latest))) {
      followers.soon(runner);
    }
  }

  /** Tells the mask of a runner what it has not read yet of the log, and then opens it. */
  private void read(Runner runner, int mostPages) {
    Mask mask = masks.get(runner);
    if (mask == null || !mask.reading.tryLock()) {
      return;
    }
    try {
      var feed = new Feed.One(runner);
      for (int pages = 0; !mask.isOpen() && masks.get(runner) == mask; pages++) {
        if (pages == mostPages) {
          chores.start(runner, Chores.Kind.READ_TRACK, () -> read(runner, Integer.MAX_VALUE));
          return;
        }
        switch (log.after(feed, mask.readSeq(), TrackReader.MOST)) {
          case Page.Gone() -> mask.restart();
          case Page.Next(List<Position> page) ->
              heavy.goOn(() -> mask.read(page, page.size() < TrackReader.MOST));
        }
        if (mask.isOpen()) {
          followers.now(runner);
          if (pages > 0) {
            storeSoon(runner);
          }
        }
      }
    } catch (UncheckedIOException e) {
      LOG.warn("Everything of {} is hidden: {}", runner, e.getMessage());
      chores.startLater(runner, Chores.Kind.READ_TRACK, () -> read(runner, Integer.MAX_VALUE));
    } finally {
      mask.reading.unlock();
    }
  }

  /** Spares the next start reading the runs that are known now. */
  private void storeSoon(Runner runner) {
    chores.startLater(
        runner, Chores.Kind.STORE_RUNS, () -> claims.changeRun(runner, run -> in(runner, run)));
  }

  @Override
  public void positions(List<Position> bunch) {
    if (!masks.isEmpty()) {
      bunch.forEach(this::note);
    }
  }

  private void note(Position position) {
    Mask mask = masks.get(position.runner());
    if (mask != null && mask.note(position)) {
      storeSoon(position.runner());
    }
  }

  @Override
  public void erased(Runner runner) {
    Mask mask = masks.get(runner);
    if (mask != null) {
      mask.forget();
    }
  }

  /** Whether there are masks at all. */
  boolean hideSome() {
    return !masks.isEmpty();
  }

  /** Whether followers without the runner's key see a position. */
  boolean isShown(Position position) {
    if (masks.isEmpty()) {
      return true;
    }
    Mask mask = masks.get(position.runner());
    return mask == null || !mask.hides(position, clock.millis());
  }

  /** Changes whenever something else of a runner is hidden; empty for a runner without a mask. */
  public String tag(Runner runner) {
    Mask mask = masks.get(runner);
    return mask == null ? "" : "-" + mask.tag(clock.millis());
  }

  /**
   * Changes whenever other positions of a runner may be shown, and tells nothing else; empty for a
   * runner without a mask.
   */
  public String edition(Runner runner) {
    Mask mask = masks.get(runner);
    return mask == null ? "" : "-" + mask.edition(clock.millis());
  }

  /** The state of a runner who ends their run now. */
  RunState ended(Runner runner, RunState run) {
    Mask mask = masks.get(runner);
    OptionalLong lastMs = mask == null ? OptionalLong.empty() : mask.lastMs();
    return in(runner, run)
        .ended(new RunEnd(lastMs.orElseGet(() -> lastMsOf(runner)), clock.millis()));
  }

  /** The newest moment in the log, as far as that is easy to know. */
  private long lastMsOf(Runner runner) {
    try {
      List<Position> newest = log.latest(new Feed.One(runner), LOOKED_AT);
      return newest.stream().mapToLong(Position::tMs).max().orElse(0);
    } catch (UncheckedIOException e) {
      LOG.warn("The end of the run of {} is not known: {}", runner, e.getMessage());
      return clock.millis();
    }
  }

  /** The state of a runner's runs, with those that are known of the track. */
  private RunState in(Runner runner, RunState run) {
    Mask mask = masks.get(runner);
    return mask == null ? run : mask.in(run);
  }
}
