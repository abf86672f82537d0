package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.MemoryRegistry;
import dev.trackside.access.Privacy;
import dev.trackside.access.Visibility;
import dev.trackside.log.MemoryTrackLog;
import dev.trackside.support.Fixes;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Follower;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.TrackReader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a process hides of fixes that another one took: it knows only the log and the registry. */
final class MasksTest {
  private static final Runner ANNA = new Runner("anna");
  private static final Feed FEED = new Feed.One(ANNA);
  private static final double HOME = 52.5;

  private final InstantSource clock = InstantSource.system();
  private final long nowMs = clock.millis();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Chores chores = new Chores(Duration.ofMillis(20));
  private final HeavyWork heavy = new HeavyWork(clock);
  private final MemoryRegistry registry = new MemoryRegistry();

  @AfterEach
  void end() {
    chores.close();
    heavy.close();
    timer.shutdownNow();
  }

  /** A process with a log and the shared registry. */
  private Views process(TrackLog log, String adminKey) {
    var access = new Access(registry, true, 10, Key.of(adminKey).hash(), clock, timer);
    var masks = new Masks(log, access.claims(), access::maskSecret, clock, chores, heavy);
    log.tellFirst(masks);
    access.claims().watch(masks);
    access.start();
    return new Views(log, access, masks);
  }

  private MemoryTrackLog log() {
    return new MemoryTrackLog(clock, new AtomicLong(1)::getAndIncrement, MemoryTrackLog.USUAL);
  }

  private void claim() {
    Claim claim = Claim.of(ANNA, "Anna", Key.of("annas").hash(), Visibility.PUBLIC, nowMs);
    registry.create(claim.shown("Anna", Visibility.PUBLIC, new Privacy(200)));
  }

  /** One fix a minute, each 100 m farther north. */
  private List<Fix> awayFromHome(int count) {
    var fixes = new ArrayList<Fix>();
    for (int i = 0; i < count; i++) {
      fixes.add(Fixes.at(nowMs - (count - i) * 60_000L, HOME + i / 1_111.95, 13.4));
    }
    return fixes;
  }

  private static List<Position> seen(TrackReader view) {
    return view.between(ANNA, 0, 0, Long.MAX_VALUE, TrackReader.MOST);
  }

  private static List<Position> shown(Views views) {
    return seen(views.forAll());
  }

  @Test
  void fixesThatComeByTheLogAloneAreHiddenFromItsFollowersAndReaders() {
    TrackLog log = log();
    Views views = process(log, "admin");
    claim();
    var told = new ArrayList<Position>();
    views.forAll().follow(FEED, telling(told));
    log.append(ANNA, awayFromHome(12)).toCompletableFuture().join();
    assertThat(told).isNotEmpty().isEqualTo(shown(views));
    assertThat(told.getFirst().fix().latDeg()).isGreaterThan(HOME + 200 / 111_195.0);
    assertThat(seen(views.of(FEED, Key.of("annas")))).hasSize(12);
  }

  @Test
  void everyProcessHidesTheSameWhateverItsAdminKeyIs() {
    claim();
    TrackLog first = log();
    Views taking = process(first, "admin");
    first.append(ANNA, awayFromHome(12)).toCompletableFuture().join();
    TrackLog second = log();
    second.append(ANNA, awayFromHome(12)).toCompletableFuture().join();
    Views joining = process(second, "another");
    assertThat(shown(joining))
        .extracting(Position::fix)
        .isNotEmpty()
        .isEqualTo(shown(taking).stream().map(Position::fix).toList());
  }

  private static Follower telling(List<Position> told) {
    return new Follower() {
      @Override
      public void positions(List<Position> bunch) {
        told.addAll(bunch);
      }

      @Override
      public void erased(Runner runner) {}
    };
  }
}
