package dev.trackside.run;

import dev.trackside.access.Claim;
import dev.trackside.access.Claims;
import dev.trackside.access.Key;
import dev.trackside.access.RunState;
import dev.trackside.track.Follower;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The masks of the runners who have one. They learn what to hide from the claims, and positions
 * from the log, before any of its followers. Safe for use by many threads.
 */
public final class Masks implements Follower, Claims.ClaimWatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Masks.class);

  private final TrackReader log;
  private final Claims claims;
  private final Supplier<Key.Hash> secret;
  private final InstantSource clock;
  private final Chores chores;
  private final Map<Runner, Mask> masks = new ConcurrentHashMap<>();

  /**
   * @param secret shifts the centres of what is hidden; asked for when there is something to hide
   */
  public Masks(
      TrackReader log,
      Claims claims,
      Supplier<Key.Hash> secret,
      InstantSource clock,
      Chores chores) {
    this.log = log;
    this.claims = claims;
    this.secret = secret;
    this.clock = clock;
    this.chores = chores;
  }

  @Override
  public void changed(@Nullable Claim before, @Nullable Claim after) {
    Claim claim = after == null ? before : after;
    if (after != null && after.privacy().maskM() != 0) {
      hide(after);
    } else if (claim != null) {
      masks.remove(claim.runner());
    }
  }

  /** Hides a runner as the claim says; everything, until the log has been read. */
  private void hide(Claim claim) {
    Mask known = masks.get(claim.runner());
    if (known != null) {
      known.widen(claim.privacy().maskM());
      return;
    }
    var closed = new Mask(claim.privacy().maskM(), claim.run(), secret.get());
    closed.close();
    masks.put(claim.runner(), closed);
    try {
      make(claim, claim.run());
    } catch (UncheckedIOException e) {
      LOG.warn("Everything of {} is hidden: {}", claim.runner(), e.getMessage());
      renewSoon(claim.runner());
    }
  }

  private void renewSoon(Runner runner) {
    chores.startLater(
        runner,
        Chores.Kind.RENEW_MASK,
        () -> {
          try {
            claims.changeRun(runner, run -> renewed(runner, run));
          } catch (UncheckedIOException e) {
            renewSoon(runner);
            throw e;
          }
        });
  }

  /** Makes a new mask from the log and the zones of the present mask. */
  private RunState renewed(Runner runner, RunState run) {
    Mask known = masks.get(runner);
    Claim claim = claims.of(runner).orElse(null);
    if (known == null || claim == null) {
      return run;
    }
    make(claim, run.since(0, known.places()));
    return in(runner, run);
  }

  private void make(Claim claim, RunState run) {
    var mask = new Mask(claim.privacy().maskM(), run, secret.get());
    long walkedMs = walk(claim.runner(), run.fromMs(), mask);
    masks.put(claim.runner(), mask);
    walk(claim.runner(), walkedMs, mask); // positions that arrived meanwhile
    if (claim.run().finished()) {
      mask.endRun();
    }
  }

  /** Tells a mask the log from a moment on, and returns the last moment. */
  private long walk(Runner runner, long fromMs, Mask mask) {
    long tMs = fromMs;
    long seq = 0;
    List<Position> page;
    do {
      page = log.between(runner, tMs, seq, Long.MAX_VALUE, TrackReader.MOST);
      for (Position position : page) {
        mask.note(position);
        tMs = position.tMs();
        seq = position.seq();
      }
    } while (page.size() == TrackReader.MOST);
    return tMs;
  }

  @Override
  public void positions(List<Position> bunch) {
    if (!masks.isEmpty()) {
      bunch.forEach(this::note);
    }
  }

  private void note(Position position) {
    Runner runner = position.runner();
    Mask mask = masks.get(runner);
    if (mask != null) {
      switch (mask.note(position)) {
        case NONE -> {}
        case RUN_ENDED ->
            chores.start(
                runner,
                Chores.Kind.STORE_RUN,
                () -> claims.changeRun(runner, run -> in(runner, run)));
        case STRAY -> renewSoon(runner);
      }
    }
  }

  /** Does nothing: a mask ends with its claim. */
  @Override
  public void erased(Runner runner) {}

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
    return mask == null ? "" : "-" + mask.tag();
  }

  private RunState in(Runner runner, RunState run) {
    Mask mask = masks.get(runner);
    return mask == null ? run : mask.in(run);
  }

  /** Ends a runner's present run, and returns the state to be stored. */
  RunState endRun(Runner runner, RunState run) {
    Mask mask = masks.get(runner);
    if (mask != null) {
      mask.endRun();
    }
    return in(runner, run);
  }
}
