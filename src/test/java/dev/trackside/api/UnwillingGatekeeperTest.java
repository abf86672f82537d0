package dev.trackside.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Gatekeeper;
import dev.trackside.access.Key;
import dev.trackside.access.Views;
import dev.trackside.support.MemoryRegistry;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.MemoryTrackLog;
import dev.trackside.track.Newest;
import dev.trackside.track.Runner;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of a runner while the log is slow, or cannot be read. */
final class UnwillingGatekeeperTest {
  private final Runner anna = new Runner("anna");
  private final Feed feed = new Feed.One(anna);
  private final MoodyLog log =
      new MoodyLog(
          new MemoryTrackLog(
              InstantSource.system(),
              new AtomicLong()::incrementAndGet,
              new Newest.Bounds(1_000, 1_000)));
  private final Access access = MemoryRegistry.access(log, true);
  private final Gatekeeper gatekeeper = new Gatekeeper(log, access, InstantSource.system());

  @BeforeEach
  void claim() {
    access.claim(
        Claim.of(anna, "Anna", Key.of("annas").hash(), Claim.Visibility.PUBLIC, 1_000_000));
  }

  private static Claim masked(Claim claim) {
    return claim.shown("Anna", Claim.Visibility.PUBLIC, 200);
  }

  @Test
  void erasingComesBehindWhatIsStillUnderWay() throws Exception {
    var durable = log.beSlow();
    gatekeeper.append(anna, List.of(Fix.at(1_795_000_000_000L, 52, 13)));
    access.finish(anna);
    Thread erasing = Thread.ofVirtual().unstarted(() -> gatekeeper.forget(anna));
    erasing.start();
    await().until(() -> erasing.getState(), state -> state != Thread.State.RUNNABLE);
    assertThat(erasing.getState()).isEqualTo(Thread.State.WAITING);
    durable.complete(null);
    erasing.join();
    assertThat(log.latest(feed, 1)).isEmpty();
  }

  @Test
  void maskThatCouldNotBeMadeIsMadeTheNextTime() {
    gatekeeper.append(anna, List.of(Fix.at(1_795_000_000_000L, 52, 13)));
    log.failAfter(0);
    assertThatThrownBy(() -> access.change(anna, UnwillingGatekeeperTest::masked))
        .isInstanceOf(UncheckedIOException.class);
    log.failAfter(Integer.MAX_VALUE);
    access.change(anna, UnwillingGatekeeperTest::masked);
    assertThat(new Views(log, access).of(feed, null).latest(feed, 1)).isEmpty();
  }
}
