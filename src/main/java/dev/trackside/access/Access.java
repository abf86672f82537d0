package dev.trackside.access;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.trackside.access.Grants.Grant;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may publish and follow. An unclaimed id is open to everyone, unless the server is
 * configured otherwise; a claimed one belongs to the holder of its key. Rights are looked up each
 * time; a follower is told when its right ends. Safe for use by many threads.
 */
public final class Access {
  /** A right to follow in use; to be closed when it is not used any more. */
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  private static final long LOOK_AGAIN_MS = 1_000;
  private static final String MASK = "mask";

  private final Registry registry;
  private final boolean open;
  private final Key.Hash admin;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;
  private final Claims claims;
  private final Links links;
  private final Grants grants = new Grants();
  private final Map<String, Key.Hash> secrets = new ConcurrentHashMap<>();

  /**
   * Creates rights that know no claims and links before {@link #start}.
   *
   * @param open whether unclaimed ids may be used
   * @param mostClaims how many runners may be claimed
   * @param admin the key that may manage everything
   * @param timer watches for links to expire
   */
  public Access(
      Registry registry,
      boolean open,
      int mostClaims,
      Key.Hash admin,
      InstantSource clock,
      ScheduledExecutorService timer) {
    this.registry = registry;
    this.open = open;
    this.admin = admin;
    this.clock = clock;
    this.timer = timer;
    claims = new Claims(registry, mostClaims);
    links = new Links(registry, clock);
  }

  /** Loads what is stored, and watches it for changes. */
  public void start() {
    var _ = registry.create(new Secret(MASK, Key.of(Key.random()).hash())); // unless it exists
    registry.watch(this::changed);
    claims.lent.watch(this::changed);
  }

  public Claims claims() {
    return claims;
  }

  public Links links() {
    return links;
  }

  /** The secret that shifts the centres of hidden zones; it lasts as long as the data. */
  public Key.Hash maskSecret() {
    return requireNonNull(secrets.get(MASK), "it is there once this has started");
  }

  public boolean isAdmin(@Nullable Key key) {
    return key != null && admin.isOf(key);
  }

  /** Whether a key may publish as a runner; the admin's publishes as nobody. */
  public Right toPublish(Runner runner, @Nullable Key key) {
    Claim claim = claims.find(runner);
    if (claim == null) {
      return isOpen(runner) && !isNobodys(key) ? Right.GRANTED : without(key);
    }
    return key != null && claim.key().isOf(key) ? Right.GRANTED : without(key);
  }

  /** Whether a key is no runner's and no link's, such as that of an erased runner. */
  private boolean isNobodys(@Nullable Key key) {
    return key != null && claims.by(key).isEmpty() && links.by(key).isEmpty();
  }

  private static Right without(@Nullable Key key) {
    return key == null ? Right.KEY_MISSING : Right.KEY_WRONG;
  }

  /** Whether a key is the runner's own, or the admin's. */
  public boolean owns(Runner runner, @Nullable Key key) {
    Claim claim = claims.find(runner);
    return key != null && ((claim != null && claim.key().isOf(key)) || isAdmin(key));
  }

  /** Whether a wrong key was shown; that of an ended link is none. */
  public boolean isWrong(Right right, @Nullable Key key) {
    return right == Right.KEY_WRONG && key != null && !hasEnded(key);
  }

  /** Whether this is the key of a link that has ended. */
  public boolean hasEnded(Key key) {
    return links.by(key).filter(links::hasEnded).isPresent();
  }

  /** Whether a key may change a claim, make links, or erase the runner. */
  public Right toManage(Runner runner, @Nullable Key key) {
    return isAdmin(key) ? Right.GRANTED : toPublish(runner, key);
  }

  /** Whether a key may follow a runner, or the visible runners of a race. */
  public Right toFollow(Feed feed, @Nullable Key key) {
    return switch (feed) {
      case Feed.One(Runner runner) -> isPublic(runner) ? Right.GRANTED : toFollow(runner, key);
      case Feed.Race _ ->
          links.toFollow(feed, key) == Right.LINK_ENDED ? Right.LINK_ENDED : Right.GRANTED;
    };
  }

  /** Whether everyone may follow a runner. */
  public boolean isPublic(Runner runner) {
    Claim claim = claims.find(runner);
    return claim == null ? isOpen(runner) : claim.isPublic();
  }

  /** Whether an unclaimed id may be used; not so in a race with any claims. */
  private boolean isOpen(Runner runner) {
    String race = runner.race();
    return open && (race.isEmpty() || !claims.anyIn(race));
  }

  private Right toFollow(Runner runner, @Nullable Key key) {
    return owns(runner, key) ? Right.GRANTED : links.toFollow(new Feed.One(runner), key);
  }

  /** Whether a key shows all runners of a race, even those who are not public. */
  public boolean seesAll(String race, @Nullable Key key) {
    return isAdmin(key) || links.toFollow(new Feed.Race(race), key).isGranted();
  }

  /** Removes a claim after its links, so that no link outlives its claim. */
  public void remove(Runner runner) {
    if (claims.find(runner) != null) {
      links.removeAll(new Feed.One(runner));
      claims.remove(runner);
    }
  }

  /**
   * Holds a right to follow until it is closed or ends.
   *
   * @param ended runs at most once, on any thread, with the reason for the end
   */
  public Hold hold(Feed feed, @Nullable Key key, Consumer<Right> ended) {
    var grant = new Grant(feed, key, owns(feed, key), ended);
    grants.add(grant);
    Future<?> expiry = watchExpiry(grant);
    judge(grant); // the right may have ended since the caller asked
    return () -> {
      grants.remove(grant);
      if (expiry != null) {
        expiry.cancel(false);
      }
    };
  }

  private boolean owns(Feed feed, @Nullable Key key) {
    return feed instanceof Feed.One(Runner runner) && owns(runner, key);
  }

  /** Looks again when the timer is ahead of the clock, which may have been set back. */
  private @Nullable Future<?> watchExpiry(Grant grant) {
    Link link = grant.key() == null ? null : links.by(grant.key()).orElse(null);
    if (link == null) {
      return null;
    }
    long inMs = Math.max(1, link.expiresMs() - clock.millis());
    return timer.scheduleWithFixedDelay(() -> judge(grant), inMs, LOOK_AGAIN_MS, MILLISECONDS);
  }

  /** Whether any client follows a runner. */
  public boolean isInUse(Runner runner) {
    return !grants.of(new Feed.One(runner)).isEmpty();
  }

  private void changed(@Nullable RegistryEntry before, @Nullable RegistryEntry after) {
    switch (after == null ? before : after) {
      case Claim claim -> {
        claims.changed((Claim) before, (Claim) after);
        judge(claim, before == null, after == null);
      }
      case Link link -> {
        links.changed((Link) before, (Link) after);
        judge(link, after == null);
      }
      case Secret secret -> secrets.put(secret.name(), secret.value());
      case null -> throw new IllegalArgumentException("a change is of something");
    }
  }

  private void judge(Claim claim, boolean begins, boolean ends) {
    var feed = new Feed.One(claim.runner());
    if (ends) {
      // A client that came with a key does not stay on without one, even if the id is open now.
      end(feed, grant -> grant.key() != null, Right.KEY_WRONG);
    }
    grants.of(feed).forEach(this::judge);
    if (begins && !claim.runner().race().isEmpty()) {
      grants.inRace(claim.runner().race()).forEach(this::judge);
    }
  }

  private void judge(Link link, boolean ends) {
    if (ends) {
      end(
          link.feed(),
          grant -> grant.key() != null && link.key().isOf(grant.key()),
          Right.LINK_ENDED);
    }
    grants.of(link.feed()).forEach(this::judge);
    if (link.feed() instanceof Feed.Race(String race)) {
      grants.inRace(race).forEach(this::judge);
    }
  }

  private void judge(Grant grant) {
    boolean disowned = grant.owned() && !owns(grant.feed(), grant.key());
    Right right = disowned ? Right.KEY_WRONG : toFollow(grant.feed(), grant.key());
    if (!right.isGranted()) {
      end(grant, right);
    }
  }

  private void end(Feed feed, Predicate<Grant> which, Right why) {
    grants.of(feed).stream().filter(which).forEach(grant -> end(grant, why));
  }

  private void end(Grant grant, Right why) {
    if (grants.remove(grant)) {
      grant.ended().accept(why);
    }
  }
}
