package dev.trackside.access;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.trackside.access.Grants.Grant;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says who may publish and who may follow. An id that nobody has claimed is everybody's, unless the
 * server was told otherwise; a claimed one belongs to who has its key. All of it is in memory, and
 * what changes is stored first. Safe for use by many threads.
 */
public final class Access {
  /** Holds a right to follow; closed when it is not used any more. */
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  private final Registry registry;
  private final boolean open;
  private final Key.Hash admin;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;
  private final Map<Runner, Claim> claims = new ConcurrentHashMap<>();
  private final Map<Key.Hash, Claim> claimsByKey = new ConcurrentHashMap<>();
  private final Map<Key.Hash, Link> links = new ConcurrentHashMap<>();
  private final Grants grants = new Grants();
  private final Consumer<Runner> claimChanged;

  /**
   * @param open whether ids that nobody has claimed may be used
   * @param admin the key that may do everything
   * @param claimChanged is told whom somebody has claimed, and whose claim has ended
   */
  public Access(
      Registry registry,
      boolean open,
      Key.Hash admin,
      InstantSource clock,
      ScheduledExecutorService timer,
      Consumer<Runner> claimChanged) {
    this.registry = registry;
    this.open = open;
    this.admin = admin;
    this.clock = clock;
    this.timer = timer;
    this.claimChanged = claimChanged;
    registry.claims().forEach(this::know);
    registry.links().forEach(link -> links.put(link.key(), link));
  }

  private void know(Claim claim) {
    Claim before = claims.put(claim.runner(), claim);
    if (before != null && !before.key().equals(claim.key())) {
      claimsByKey.remove(before.key());
    }
    claimsByKey.put(claim.key(), claim);
  }

  public boolean isAdmin(@Nullable Key key) {
    return key != null && admin.isOf(key);
  }

  /** Whether somebody may publish as a runner. */
  public Right toPublish(Runner runner, @Nullable Key key) {
    Claim claim = claims.get(runner);
    if (claim == null) {
      return open || isAdmin(key) ? Right.GRANTED : without(key);
    }
    return key != null && claim.key().isOf(key) ? Right.GRANTED : without(key);
  }

  private static Right without(@Nullable Key key) {
    return key == null ? Right.KEY_MISSING : Right.KEY_WRONG;
  }

  /** Whether what a runner sends is neither stored nor shown. */
  public boolean hasFinished(Runner runner) {
    Claim claim = claims.get(runner);
    return claim != null && claim.finished();
  }

  /** Whether somebody may change a claim, make links of it, or erase the runner. */
  public Right toManage(Runner runner, @Nullable Key key) {
    return isAdmin(key) ? Right.GRANTED : toPublish(runner, key);
  }

  /** Whether somebody may follow one runner, or of a race as much as he may see. */
  public Right toFollow(Feed feed, @Nullable Key key) {
    return switch (feed) {
      case Feed.One(Runner runner) -> isPublic(runner) ? Right.GRANTED : toFollow(runner, key);
      case Feed.Race _ -> linked(feed, key) == Right.LINK_ENDED ? Right.LINK_ENDED : Right.GRANTED;
    };
  }

  /** Whether everybody may follow a runner. */
  public boolean isPublic(Runner runner) {
    Claim claim = claims.get(runner);
    return claim == null ? open : claim.visibility() == Claim.Visibility.PUBLIC;
  }

  private Right toFollow(Runner runner, @Nullable Key key) {
    if (key == null) {
      return Right.KEY_MISSING;
    }
    Claim claim = claims.get(runner);
    if ((claim != null && claim.key().isOf(key)) || isAdmin(key)) {
      return Right.GRANTED;
    }
    return linked(new Feed.One(runner), key);
  }

  private Right linked(Feed feed, @Nullable Key key) {
    Link link = key == null ? null : links.get(key.hash());
    if (link == null || !link.covers(feed)) {
      return without(key);
    }
    return link.expiresMs() > clock.millis() ? Right.GRANTED : Right.LINK_ENDED;
  }

  /** Whether somebody who follows a race sees those of its runners too who are not public. */
  public boolean seesAll(String race, @Nullable Key key) {
    return isAdmin(key) || linked(new Feed.Race(race), key).isGranted();
  }

  /**
   * Holds a right that somebody has, and tells him when it has ended.
   *
   * @param ended is run at most once, on any thread, with the reason
   */
  public Hold hold(Feed feed, @Nullable Key key, Consumer<Right> ended) {
    var grant = new Grant(feed, key, ended);
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

  private @Nullable Future<?> watchExpiry(Grant grant) {
    Link link = grant.key() == null ? null : links.get(grant.key().hash());
    if (link == null) {
      return null;
    }
    long inMs = Math.max(1, link.expiresMs() - clock.millis());
    return timer.schedule(() -> judge(grant), inMs, MILLISECONDS);
  }

  private void judge(Grant grant) {
    Right right = toFollow(grant.feed(), grant.key());
    if (!right.isGranted() && grants.remove(grant)) {
      grant.ended().accept(right);
    }
  }

  private void judgeAll(Feed feed) {
    grants.of(feed).forEach(this::judge);
  }

  /** Whether somebody is there who follows a runner, be it himself. */
  public boolean isInUse(Runner runner) {
    return !grants.of(new Feed.One(runner)).isEmpty();
  }

  public boolean isClaimed(Runner runner) {
    return claims.containsKey(runner);
  }

  public Optional<Claim> claimOf(Runner runner) {
    return Optional.ofNullable(claims.get(runner));
  }

  /** The runner whose key this is. */
  public Optional<Claim> claimBy(Key key) {
    return Optional.ofNullable(claimsByKey.get(key.hash()));
  }

  /** The link whose key this is, whether it has ended or not. */
  public Optional<Link> linkBy(Key key) {
    return Optional.ofNullable(links.get(key.hash()));
  }

  public Collection<Claim> claims() {
    return claims.values();
  }

  /** Stores a new claim, unless the id is claimed already. */
  public synchronized boolean claim(Claim claim) {
    if (claims.containsKey(claim.runner())) {
      return false;
    }
    registry.put(claim);
    know(claim);
    claimChanged.accept(claim.runner());
    judgeAll(new Feed.One(claim.runner()));
    return true;
  }

  /** Stores another state of a claim, unless there is none any more. */
  public synchronized boolean change(Claim claim) {
    if (!claims.containsKey(claim.runner())) {
      return false;
    }
    registry.put(claim);
    know(claim);
    judgeAll(new Feed.One(claim.runner()));
    return true;
  }

  /** From now on nothing of a claimed runner is taken. */
  public synchronized void finish(Runner runner) {
    Claim claim = claims.get(runner);
    if (claim != null) {
      change(claim.ended());
    }
  }

  /** Ends a claim and its links. */
  public synchronized void remove(Runner runner) {
    if (!claims.containsKey(runner)) {
      return;
    }
    registry.remove(runner);
    claimsByKey.remove(claims.remove(runner).key());
    claimChanged.accept(runner);
    var feed = new Feed.One(runner);
    links.values().removeIf(link -> link.feed().equals(feed));
    judgeAll(feed);
  }

  public synchronized void put(Link link) {
    registry.put(link);
    links.put(link.key(), link);
    judgeLinked(link);
  }

  private void judgeLinked(Link link) {
    judgeAll(link.feed());
    if (link.feed() instanceof Feed.Race(String race)) {
      grants.inRace(race).forEach(this::judge);
    }
  }

  /** The links of a feed that have not ended. */
  public List<Link> linksOf(Feed feed) {
    long nowMs = clock.millis();
    return links.values().stream()
        .filter(link -> link.feed().equals(feed) && link.expiresMs() > nowMs)
        .toList();
  }
}
