package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trackside.track.Runner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HeavyWorkTest {
  private static final Runner ANNA = new Runner("anna");
  private static final int AT_WORK = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

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

  /** Has all threads work until the gate opens, and so many pieces wait behind that. */
  private List<Future<Integer>> fill(
      ExecutorService callers, CountDownLatch open, Supplier<Integer> piece) {
    var begun = new Semaphore(0);
    var pieces = new ArrayList<Future<Integer>>();
    for (int i = 0; i < AT_WORK; i++) {
      pieces.add(
          callers.submit(
              () ->
                  heavy.begin(
                      () -> {
                        begun.release();
                        return opened(open, 0);
                      })));
    }
    begun.acquireUninterruptibly(AT_WORK);
    for (int i = 0; i < Turns.MOST_WAITING; i++) {
      pieces.add(callers.submit(() -> asked("greedy", () -> heavy.begin(piece))));
    }
    await().until(() -> heavy.waiting() == Turns.MOST_WAITING);
    return pieces;
  }

  @Test
  void soManyWaitAndTheNextIsToldSoWhileWhatHasBegunGoesOn() throws Exception {
    var open = new CountDownLatch(1);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var numbers = new AtomicInteger();
      List<Future<Integer>> begun = fill(callers, open, numbers::incrementAndGet);
      assertThatThrownBy(() -> asked("greedy", () -> heavy.begin(() -> 1)))
          .isInstanceOf(TooBusy.class)
          .hasMessageContaining("256");
      Future<Integer> further = callers.submit(() -> heavy.goOn(() -> -1));
      open.countDown();
      for (Future<Integer> one : begun) {
        assertThat(one.get()).isNotNull();
      }
      assertThat(numbers).hasValue(Turns.MOST_WAITING);
      assertThat(further.get()).isEqualTo(-1);
    }
    assertThat(heavy.begin(() -> 2)).isEqualTo(2);
  }

  @Test
  void whoAsksForMuchMakesRoomForAnotherWhoComesNext() throws Exception {
    var open = new CountDownLatch(1);
    var order = new ConcurrentLinkedQueue<Integer>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> greedy = fill(callers, open, () -> note(order, 1));
      Future<Integer> other =
          callers.submit(() -> asked("other", () -> heavy.begin(() -> note(order, 2))));
      await().until(() -> greedy.stream().anyMatch(Future::isDone));
      open.countDown();
      assertThat(other.get()).isEqualTo(2);
      await().until(() -> greedy.stream().allMatch(Future::isDone));
      assertThat(greedy.stream().filter(one -> one.state() == Future.State.FAILED)).hasSize(1);
      assertThat(List.copyOf(order).indexOf(2)).isLessThanOrEqualTo(2 * AT_WORK);
    }
  }

  @Test
  void pagesAreMadeTwoAtATimeAndBringWork() throws Exception {
    var open = new CountDownLatch(1);
    var atIt = new AtomicInteger();
    var most = new AtomicInteger();
    Supplier<Integer> page =
        () -> {
          most.accumulateAndGet(atIt.incrementAndGet(), Math::max);
          opened(open, 0);
          int made = heavy.goOn(() -> 7);
          atIt.decrementAndGet();
          return made;
        };
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> pages =
          IntStream.range(0, 20)
              .mapToObj(_ -> callers.submit(() -> heavy.page(true, page)))
              .toList();
      await().until(() -> atIt.get() == HeavyWork.PAGES && heavy.waiting() == 18);
      open.countDown();
      for (Future<Integer> one : pages) {
        assertThat(one.get()).isEqualTo(7);
      }
    }
    assertThat(most).hasValue(HeavyWork.PAGES);
  }

  @Test
  void pageThatFailsGivesItsTurnToTheNext() {
    for (int i = 0; i <= HeavyWork.PAGES; i++) {
      assertThatThrownBy(
              () ->
                  heavy.page(
                      false,
                      () -> {
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");
    }
    assertThat(heavy.page(false, () -> 1)).isEqualTo(1);
  }

  @Test
  void soManyFirstPagesWaitAndTheNextIsToldSoWhileFurtherOnesWait() throws Exception {
    var open = new CountDownLatch(1);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var pages = new ArrayList<Future<Integer>>();
      for (int i = 0; i < HeavyWork.PAGES + Turns.MOST_WAITING; i++) {
        pages.add(
            callers.submit(() -> asked("greedy", () -> heavy.page(true, () -> opened(open, 1)))));
      }
      await().until(() -> heavy.waiting() == Turns.MOST_WAITING);
      assertThatThrownBy(() -> asked("greedy", () -> heavy.page(true, () -> 1)))
          .isInstanceOf(TooBusy.class)
          .hasMessageContaining("256");
      pages.add(callers.submit(() -> asked("greedy", () -> heavy.page(false, () -> 2))));
      open.countDown();
      for (Future<Integer> one : pages) {
        assertThat(one.get()).isPositive();
      }
    }
  }

  @Test
  void whoHasManyPagesLetsAnotherComeFirst() throws Exception {
    var open = new CountDownLatch(1);
    var came = new CountDownLatch(1);
    var begun = new AtomicInteger();
    Supplier<Integer> page =
        () -> {
          opened(open, 0);
          return begun.incrementAndGet() <= 2 * HeavyWork.PAGES ? 1 : opened(came, 1);
        };
    Supplier<Integer> other =
        () -> {
          came.countDown();
          return 2;
        };
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var pages = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 100; i++) {
        pages.add(callers.submit(() -> asked("greedy", () -> heavy.page(true, page))));
      }
      await().until(() -> heavy.waiting() == 98);
      pages.add(callers.submit(() -> asked("other", () -> heavy.page(true, other))));
      await().until(() -> heavy.waiting() == 99);
      open.countDown();
      for (Future<Integer> one : pages) {
        assertThat(one.get()).isPositive();
      }
    }
  }

  private static int note(Collection<Integer> order, int number) {
    order.add(number);
    return number;
  }

  private static int asked(String caller, Supplier<Integer> call) {
    int[] result = {0};
    HeavyWork.inTurnsOf(caller, () -> result[0] = call.get());
    return result[0];
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
