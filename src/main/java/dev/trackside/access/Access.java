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
import org.jspecify.annotations.Nullable;

/**
 * Says who may publish and who may follow. An id that nobody has claimed is everybody's, unless the
 * server was told otherwise; a claimed one belongs to who has its key. Rights are asked, not
 * remembered: who follows is told when theirs has ended. Safe for use by many threads.
 */
public final class Access {
  /** Holds a right to follow; closed when it is not used any more. */
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
   * Nobody is known before {@link #start}.
   *
   * @param open whether ids that nobody has claimed may be used
   * @param admin the key that may manage everything
   * @param timer looks for links that expire
   */
  public Access(
      Registry registry,
      boolean open,
      Key.Hash admin,
      InstantSource clock,
      ScheduledExecutorService timer) {
    this.registry = registry;
    this.open = open;
    this.admin = admin;
    this.clock = clock;
    this.timer = timer;
    claims = new Claims(registry);
    links = new Links(registry, clock);
  }

  /** Hears what is stored, and from then on what becomes of it. */
  public void start() {
    var _ = registry.create(new Secret(MASK, Key.of(Key.random()).hash())); // unless there is one
    registry.watch(this::changed);
    claims.watchLent(this::changed);
  }

  public Claims claims() {
    return claims;
  }

  public Links links() {
    return links;
  }

  /** What shifts the middle of that which masks hide: the same for as long as the data. */
  public Key.Hash maskSecret() {
    return requireNonNull(secrets.get(MASK), "it is there once this has started");
  }

  public boolean isAdmin(@Nullable Key key) {
    return key != null && admin.isOf(key);
  }

  /** Whether somebody may publish as a runner. */
  public Right toPublish(Runner runner, @Nullable Key key) {
    Claim claim = claims.find(runner);
    if (claim == null) {
      return (isOpen(runner) && !isNobodys(key)) || isAdmin(key) ? Right.GRANTED : without(key);
    }
    return key != null && claim.key().isOf(key) ? Right.GRANTED : without(key);
  }

  /** Such as that of a runner who was erased: their phone must not go on in the open. */
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

  /** Whether a key was shown that is good for nothing here; one of a link was, until it ended. */
  public boolean isWrong(Right right, @Nullable Key key) {
    return right == Right.KEY_WRONG && key != null && !hasEnded(key);
  }

  /** Whether this was the key of a link that has ended. */
  public boolean hasEnded(Key key) {
    return links.by(key).filter(links::hasEnded).isPresent();
  }

  /** Whether somebody may change a claim, make links of it, or erase the runner. */
  public Right toManage(Runner runner, @Nullable Key key) {
    return isAdmin(key) ? Right.GRANTED : toPublish(runner, key);
  }

  /** Whether somebody may follow one runner, or of a race as much as they may see. */
  public Right toFollow(Feed feed, @Nullable Key key) {
    return switch (feed) {
      case Feed.One(Runner runner) -> isPublic(runner) ? Right.GRANTED : toFollow(runner, key);
      case Feed.Race _ ->
          links.toFollow(feed, key) == Right.LINK_ENDED ? Right.LINK_ENDED : Right.GRANTED;
    };
  }

  /** Whether everybody may follow a runner. */
  public boolean isPublic(Runner runner) {
    Claim claim = claims.find(runner);
    return claim == null ? isOpen(runner) : claim.isPublic();
  }

  /** Whether an id that nobody has claimed may be used: not in a race with a start list. */
  private boolean isOpen(Runner runner) {
    String race = runner.race();
    return open && (race.isEmpty() || !claims.anyIn(race));
  }

  private Right toFollow(Runner runner, @Nullable Key key) {
    return owns(runner, key) ? Right.GRANTED : links.toFollow(new Feed.One(runner), key);
  }

  /** Whether somebody who follows a race sees those of its runners too who are not public. */
  public boolean seesAll(String race, @Nullable Key key) {
    return isAdmin(key) || links.toFollow(new Feed.Race(race), key).isGranted();
  }

  /** Ends a claim and its links, the links first: none may outlive its claim. */
  public void remove(Runner runner) {
    if (claims.find(runner) != null) {
      links.removeAll(new Feed.One(runner));
      var _ = claims.remove(runner);
    }
  }

  /**
   * Holds a right that somebody has, and tells them when it has ended.
   *
   * @param ended is run at most once, on any thread, with the reason
   */
  public Hold hold(Feed feed, @Nullable Key key, Consumer<Right> ended) {
    var grant = new Grant(feed, key, owns(feed, key), ended);
    grants.add(grant);
    Future<?> expiry = watchExpiry(grant);
    judge(grant); // it may have ended since it was asked for
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

  /** The timer may be ahead of the clock, which may have been set back: then it looks again. */
  private @Nullable Future<?> watchExpiry(Grant grant) {
    Link link = grant.key() == null ? null : links.by(grant.key()).orElse(null);
    if (link == null) {
      return null;
    }
    long inMs = Math.max(1, link.expiresMs() - clock.millis());
    return timer.scheduleWithFixedDelay(() -> judge(grant), inMs, LOOK_AGAIN_MS, MILLISECONDS);
  }

  /** Whether somebody is there who follows a runner, be it the runner. */
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
      // Who came in with a key does not stay on with none, even if the id is open now.
      grants.of(feed).stream()
          .filter(grant -> grant.key() != null)
          .forEach(grant -> end(grant, Right.KEY_WRONG));
    }
    grants.of(feed).forEach(this::judge);
    if (begins && !claim.runner().race().isEmpty()) {
      grants.inRace(claim.runner().race()).forEach(this::judge);
    }
  }

  private void judge(Link link, boolean ends) {
    if (ends) {
      grants.of(link.feed()).stream()
          .filter(grant -> grant.key() != null && link.key().isOf(grant.key()))
          .forEach(grant -> end(grant, Right.LINK_ENDED));
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

  private void end(Grant grant, Right why) {
    if (grants.remove(grant)) {
      grant.ended().accept(why);
    }
  }
}
