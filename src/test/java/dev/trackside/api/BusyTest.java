package dev.trackside.api;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.access.Visibility;
import dev.trackside.log.MemoryTrackLog;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Fixes;
import dev.trackside.support.House;
import dev.trackside.track.Runner;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients are told while there is more heavy work than the server does. */
final class BusyTest {
  private static final Runner ANNA = new Runner("anna");

  private final CountDownLatch open = new CountDownLatch(1);
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final House house =
      new House(
          new MemoryTrackLog(
              InstantSource.system(), new AtomicLong(1)::getAndIncrement, MemoryTrackLog.USUAL));
  private Site site;

  @BeforeEach
  void start() {
    house.claim(ANNA, "Anna", "key", Visibility.PUBLIC);
    house.log.append(ANNA, List.of(Fixes.at(52, 13), Fixes.at(52.01, 13)));
    site = new Site(house);
  }

  @AfterEach
  void stop() {
    open.countDown();
    callers.close();
    site.close();
  }

  private void fill() {
    int atWork = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    var begun = new Semaphore(0);
    for (int i = 0; i < atWork; i++) {
      callers.execute(
          () ->
              house.heavy.begin(
                  () -> {
                    begun.release();
                    return opened();
                  }));
    }
    begun.acquireUninterruptibly(atWork);
    for (int i = 0; i < 256; i++) {
      callers.execute(() -> house.heavy.begin(this::opened));
    }
    await().until(() -> house.heavy.waiting() == 256);
  }

  private boolean opened() {
    try {
      return open.await(1, MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/runners/anna/trail",
        "/api/runners/anna/track",
        "/api/runners/anna/track.gpx",
        "/api/runners/anna/track.geojson",
        "/api/runners",
        "/api/races/berlin/runners",
        "/r/anna",
        "/",
        "/r/anna/preview.png"
      })
  void whileHeavyWorkWaitsTheOthersAreAnsweredAndItIs503(String path) throws Exception {
    assertThat(site.calls.get(path).status()).isEqualTo(200);
    house.log.append(ANNA, List.of(Fixes.at(52.02, 13)));
    fill();
    Answer answer = site.calls.get(path);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isEqualTo("5");
    assertThat(answer.code()).isEqualTo("unavailable");
    assertThat(answer.text()).contains("256 pieces of work wait already");
    assertThat(site.calls.get("/api/runners/anna").status()).isEqualTo(200);
    open.countDown();
    await().until(() -> house.heavy.waiting() == 0);
    assertThat(site.calls.get(path).status()).isEqualTo(200);
  }

  @Test
  void browserIsToldInAPage() throws Exception {
    fill();
    Answer answer = site.calls.get("/r/anna", "Accept", "text/html");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text()).contains("<html").contains("256 pieces of work wait already");
  }
}
