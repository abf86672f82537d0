package dev.trackside.access;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.trackside.access.Grants.Grant;
import dev.trackside.track.Condition;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Unclaimed;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Says who may publish and who may follow. An id that nobody has claimed is everybody's, unless the
 * server was told otherwise; a claimed one belongs to who has its key. All of it is in memory, and
 * what changes is stored first. Safe for use by many threads.
 */
public final class Access implements Condition {
  /** Holds a right to follow; closed when it is not used any more. */
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  private static final long LOOK_AGAIN_MS = 1_000;

  private final Registry registry;
  private final boolean open;
  private final Key.Hash admin;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;
  private final ClaimBook claims = new ClaimBook();
  private final Map<Runner, Long> contactsMs = new ConcurrentHashMap<>();
  private final List<Consumer<Runner>> farewells = new CopyOnWriteArrayList<>();
  private final LinkBook links;
  private final Grants grants = new Grants();
  private final Unclaimed unclaimed;
  private final Set<Runner> lent = ConcurrentHashMap.newKeySet();
  private final Masks masks;
  private final Chores chores;

  /**
   * Waits for registry and log.
   *
   * @param unclaimed is told who is claimed
   * @param open whether ids that nobody has claimed may be used
   * @param admin the key that may manage everything
   */
  public Access(
      Registry registry,
      TrackLog log,
      Unclaimed unclaimed,
      boolean open,
      Key.Hash admin,
      InstantSource clock,
      ScheduledExecutorService timer) {
    this.registry = registry;
    this.open = open;
    this.admin = admin;
    this.clock = clock;
    this.timer = timer;
    this.unclaimed = unclaimed;
    this.masks = new Masks(log, admin);
    this.chores = new Chores();
    registry.claims().forEach(this::know);
    this.links = new LinkBook(registry, clock);
  }

  private void know(Claim claim) {
    masks.put(claim); // may fail, and then nothing is known of the change
    if (claims.put(claim) == null) {
      unclaimed.claimed(claim.runner());
    }
  }

  public boolean isAdmin(@Nullable Key key) {
    return key != null && admin.isOf(key);
  }

  /** Whether somebody may publish as a runner. */
  public Right toPublish(Runner runner, @Nullable Key key) {
    Claim claim = claims.of(runner);
    if (claim == null) {
      return (isOpen(runner) && !isNobodys(key)) || isAdmin(key) ? Right.GRANTED : without(key);
    }
    return key != null && claim.key().isOf(key) ? Right.GRANTED : without(key);
  }

  /** Such as that of a runner who was erased: his phone shall not go on in the open. */
  private boolean isNobodys(@Nullable Key key) {
    return key != null && claims.by(key.hash()) == null && links.by(key).isEmpty();
  }

  private static Right without(@Nullable Key key) {
    return key == null ? Right.KEY_MISSING : Right.KEY_WRONG;
  }

  @Override
  public long finishedMs(Runner runner) {
    Claim claim = claims.of(runner);
    return claim == null ? 0 : claim.finishedMs();
  }

  @Override
  public long sosMs(Runner runner) {
    Claim claim = claims.of(runner);
    return claim == null ? 0 : claim.asksSinceMs();
  }

  @Override
  public long contactMs(Runner runner) {
    return contactsMs.getOrDefault(runner, 0L);
  }

  /** Takes note of a sign of life from the phone of a claimed runner. */
  public void contact(Runner runner) {
    contactsMs.put(runner, clock.millis());
    if (claims.of(runner) == null) {
      contactsMs.remove(runner); // erased meanwhile
    }
  }

  /** Whether a key is the runner's own, or the admin's. */
  public boolean owns(Runner runner, @Nullable Key key) {
    Claim claim = claims.of(runner);
    return key != null && ((claim != null && claim.key().isOf(key)) || isAdmin(key));
  }

  /** Whether a position is shown to those who do not own its runner, if they may follow him. */
  boolean isShown(Position position) {
    return !masks.hides(position, clock.millis());
  }

  /** Tells apart what is hidden of a runner now from what was or will be; empty for nothing. */
  public String maskTag(Runner runner) {
    return masks.tag(runner);
  }

  /** Takes note of what a claimed runner is about to publish. */
  void note(Runner runner, List<Fix> fixes) {
    masks.note(runner, fixes, clock.millis(), this::heard);
  }

  private void heard(Runner runner, Mask.News news) {
    switch (news) {
      case NONE -> {}
      case RUN_ENDED -> chores.start(runner, () -> change(runner, masks::in));
      case STRAY -> chores.startLater(runner, () -> change(runner, this::renewed));
    }
  }

  private Claim renewed(Claim claim) {
    masks.renew(claim);
    return masks.in(claim);
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

  /** Whether somebody may follow one runner, or of a race as much as he may see. */
  public Right toFollow(Feed feed, @Nullable Key key) {
    return switch (feed) {
      case Feed.One(Runner runner) -> isPublic(runner) ? Right.GRANTED : toFollow(runner, key);
      case Feed.Race _ ->
          links.toFollow(feed, key) == Right.LINK_ENDED ? Right.LINK_ENDED : Right.GRANTED;
    };
  }

  /** Whether everybody may follow a runner. */
  public boolean isPublic(Runner runner) {
    Claim claim = claims.of(runner);
    return claim == null ? isOpen(runner) : claim.visibility() == Claim.Visibility.PUBLIC;
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

  /**
   * Holds a right that somebody has, and tells him when it has ended.
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

  private void judge(Grant grant) {
    boolean disowned = grant.owned() && !owns(grant.feed(), grant.key());
    Right right = disowned ? Right.KEY_WRONG : toFollow(grant.feed(), grant.key());
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

  public Optional<Claim> claimOf(Runner runner) {
    return Optional.ofNullable(claims.of(runner));
  }

  /** The claim whose key this is. */
  public Optional<Claim> claimBy(Key key) {
    return Optional.ofNullable(claims.by(key.hash()));
  }

  /** Runs something, on any thread, whenever a claim has ended. */
  public void whenRemoved(Consumer<Runner> farewell) {
    farewells.add(farewell);
  }

  /** The link whose key this is, whether it has ended or not. */
  public Optional<Link> linkBy(Key key) {
    return links.by(key);
  }

  public Collection<Claim> claims() {
    return claims.all();
  }

  /** Stores a new claim, unless the id is claimed already. */
  public synchronized boolean claim(Claim claim) {
    if (claims.of(claim.runner()) != null) {
      return false;
    }
    registry.put(claim);
    know(claim);
    judgeAll(new Feed.One(claim.runner()));
    if (!claim.runner().race().isEmpty()) {
      judgeRace(claim.runner().race());
    }
    return true;
  }

  /** Makes a claim that is forgotten when the server ends: everybody may follow, nobody change. */
  public synchronized void lend(Runner runner, Key.Hash key) {
    lent.add(runner);
    know(Claim.of(runner, runner.id(), key, Claim.Visibility.PUBLIC, clock.millis()));
  }

  /**
   * Stores another state of a claim.
   *
   * @return the claim as it is now; nothing when there is none any more
   */
  public synchronized Optional<Claim> change(Runner runner, UnaryOperator<Claim> change) {
    Claim before = claims.of(runner);
    if (before == null) {
      return Optional.empty();
    }
    Claim after = change.apply(before);
    if (!after.equals(before)) {
      if (!lent.contains(runner)) {
        registry.put(after);
      }
      know(after);
      judgeAll(new Feed.One(runner));
    }
    return Optional.of(after);
  }

  /** Ends the run of a claimed runner: from now on nothing of his is taken. */
  public Optional<Claim> finish(Runner runner) {
    return change(
        runner,
        claim -> {
          if (claim.finished()) {
            return claim;
          }
          masks.endRun(runner);
          return masks.in(claim).ended(clock.millis());
        });
  }

  /** Lets a claimed runner begin another run. */
  public Optional<Claim> begin(Runner runner) {
    return change(runner, Claim::begun);
  }

  /** Ends the run of a claimed runner soon. Returns at once. */
  void finishSoon(Runner runner) {
    chores.start(runner, () -> finish(runner));
  }

  /** Ends a claim and its links. */
  public synchronized void remove(Runner runner) {
    if (claims.of(runner) == null) {
      return;
    }
    registry.remove(runner);
    claims.remove(runner);
    contactsMs.remove(runner);
    unclaimed.released(runner);
    masks.remove(runner);
    farewells.forEach(farewell -> farewell.accept(runner));
    var feed = new Feed.One(runner);
    grants.of(feed).forEach(this::endWithKey);
    links.forget(feed);
    judgeAll(feed);
  }

  /** Who came in with a key does not stay on with none, even if the id is open now. */
  private void endWithKey(Grant grant) {
    Key key = grant.key();
    if (key != null && grants.remove(grant)) {
      grant.ended().accept(links.by(key).isPresent() ? Right.LINK_ENDED : Right.KEY_WRONG);
    }
  }

  /** Stores a link, or another state of it. */
  public synchronized void put(Link link) {
    links.put(link);
    judgeLinked(link);
  }

  private void judgeLinked(Link link) {
    judgeAll(link.feed());
    if (link.feed() instanceof Feed.Race(String race)) {
      judgeRace(race);
    }
  }

  private void judgeRace(String race) {
    grants.inRace(race).forEach(this::judge);
  }

  /** The links of a feed that have not ended. */
  public List<Link> linksOf(Feed feed) {
    return links.of(feed);
  }
}
