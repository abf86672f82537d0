package dev.trackside.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ExpiryTest {
  private static final long EXPIRES_MS = 1_795_000_000_000L;

  private final AtomicLong nowMs = new AtomicLong(EXPIRES_MS - 1);
  private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs.get());
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());
  private final Access access =
      new Access(new MemoryRegistry(), true, 10, Key.of("admin").hash(), clock, timer);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void linkEndsThoughTheClockWasSetBackAsItWasAboutTo() {
    var anna = new Runner("anna");
    var feed = new Feed.One(anna);
    access.start();
    access.claims().claim(Claim.of(anna, "Anna", Key.of("annas").hash(), Visibility.LINK, 1));
    Key key = Key.of("the family's");
    access.links().add(new Link("x", feed, "", EXPIRES_MS, key.hash()));
    var ended = new AtomicReference<Right>(Right.GRANTED);
    try (var hold = access.hold(feed, key, ended::set)) {
      assertThat(hold).isNotNull();
      await().until(() -> timer.getCompletedTaskCount() > 0); // it looked too early
      nowMs.set(EXPIRES_MS);
      await().until(() -> ended.get() == Right.LINK_ENDED);
    }
  }
}
