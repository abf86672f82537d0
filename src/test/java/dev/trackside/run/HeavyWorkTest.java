package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trackside.track.Runner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HeavyWorkTest {
  private static final Runner ANNA = new Runner("anna");

  private final AtomicLong nowMs = new AtomicLong(1_795_000_000_000L);
  private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs.get());
  private final HeavyWork heavy = new HeavyWork(clock);

  @AfterEach
  void stop() {
    heavy.close();
  }

  @Test
  void workIsDoneOnAPlatformThread() {
    assertThat(heavy.begin(() -> Thread.currentThread().isVirtual())).isFalse();
    assertThat(heavy.begin(() -> Thread.currentThread().getName())).startsWith("heavy-");
  }

  @Test
  void failureIsTheCallers() {
    assertThatThrownBy(
            () ->
                heavy.begin(
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no");
  }

  @Test
  void soManyWaitAndTheNextIsToldSoWhileWhatHasBegunGoesOn() throws Exception {
    var open = new CountDownLatch(1);
    var begun = new ArrayList<Future<Integer>>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < HeavyWork.MOST_WAITING; i++) {
        int number = i;
        begun.add(callers.submit(() -> heavy.begin(() -> opened(open, number))));
      }
      await().until(() -> heavy.waiting() == HeavyWork.MOST_WAITING);
      assertThatThrownBy(() -> heavy.begin(() -> 1))
          .isInstanceOf(TooBusy.class)
          .hasMessageContaining("256");
      Future<Integer> further = callers.submit(() -> heavy.goOn(() -> -1));
      open.countDown();
      List<Integer> numbers = new ArrayList<>();
      for (Future<Integer> one : begun) {
        numbers.add(one.get());
      }
      assertThat(numbers).hasSize(HeavyWork.MOST_WAITING).doesNotHaveDuplicates();
      assertThat(further.get()).isEqualTo(-1);
    }
    assertThat(heavy.begin(() -> 2)).isEqualTo(2);
  }

  private static int opened(CountDownLatch open, int number) {
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return number;
  }

  @Test
  void runnersShareIsASecondAtOnceAndTwentyMillisecondsASecond() {
    heavy.count(ANNA, 999_000_000);
    assertThat(heavy.mayWorkFor(ANNA)).isTrue();
    heavy.count(ANNA, 501_000_000);
    assertThat(heavy.mayWorkFor(ANNA)).isFalse();
    assertThat(heavy.mayWorkFor(new Runner("ben"))).isTrue();
    assertThatThrownBy(() -> heavy.checkShare(ANNA)).isInstanceOf(TooBusy.class);
    nowMs.addAndGet(25_000);
    assertThat(heavy.mayWorkFor(ANNA)).isFalse();
    nowMs.addAndGet(1);
    assertThat(heavy.mayWorkFor(ANNA)).isTrue();
  }

  @Test
  void whatWorkTakesIsCounted() {
    long begunNanos = System.nanoTime();
    while (heavy.mayWorkFor(ANNA)) {
      heavy.beginFor(ANNA, () -> spin());
    }
    assertThat(System.nanoTime() - begunNanos).isGreaterThanOrEqualTo(900_000_000L);
  }

  private static double spin() {
    double sum = 0;
    for (int i = 0; i < 10_000_000; i++) {
      sum += Math.sqrt(i);
    }
    return sum;
  }

  @Test
  void ofManyRunnersTheOneAskedForLongestAgoStartsAnew() {
    heavy.count(ANNA, 2_000_000_000);
    for (int i = 0; i < 1_000; i++) {
      heavy.count(new Runner("r" + i), 1);
    }
    assertThat(heavy.mayWorkFor(ANNA)).isTrue();
  }
}
