package dev.trackside.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Fixes;
import dev.trackside.track.Feed;
import dev.trackside.track.Follower;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A hundred open ids, shared out among addresses. */
final class OpenIdsTest {
  private static final int MOST = 100;
  private static final int SHARE = 10;

  private final OpenIds openIds = new OpenIds(MOST);
  private final List<Runner> erased = new ArrayList<>();
  private final Newest newest =
      new Newest(
          InstantSource.system(),
          new AtomicLong(1_000)::incrementAndGet,
          new Newest.Bounds(1_000, 10_000),
          new Follower() {
            @Override
            public void positions(List<Position> bunch) {}

            @Override
            public void erased(Runner runner) {
              erased.add(runner);
            }
          },
          openIds);

  private boolean takes(String id, @Nullable Object address) {
    var runner = new Runner(id);
    long version = newest.version(runner);
    return newest
            .append(runner, List.of(Fixes.at(1, 2)), RunnerPast.nothing(version), address)
            .orElseThrow()
            .getFirst()
        instanceof Verdict.Accepted;
  }

  private long countTaken(String address, int ids) {
    return IntStream.range(0, ids).filter(i -> takes(address + "-" + i, address)).count();
  }

  /** Ten addresses take everything. */
  private void fill() {
    for (int a = 0; a < MOST / SHARE; a++) {
      assertThat(countTaken("a" + a, SHARE)).isEqualTo(SHARE);
    }
    assertThat(openIds.count()).isEqualTo(MOST);
    assertThat(erased).isEmpty();
  }

  private boolean isThere(String id) {
    return !newest.latest(new Feed.One(new Runner(id)), 1).positions().isEmpty();
  }

  @Test
  void oneAddressHoldsATenthAtMostHoweverManyItBrings() {
    assertThat(countTaken("greedy", 1_000)).isEqualTo(SHARE);
    assertThat(openIds.count()).isEqualTo(SHARE);
    assertThat(takes("greedy-0", "greedy")).as("who is there goes on").isTrue();
    openIds.claimed(new Runner("greedy-3"));
    assertThat(takes("one-more", "greedy")).as("a claim makes room").isTrue();
    newest.forget(new Runner("greedy-4"));
    assertThat(takes("two-more", "greedy")).as("so does an erasure").isTrue();
    assertThat(takes("three-more", "greedy")).isFalse();
  }

  @Test
  void whenAllAreTakenTheIdlestOfTheBiggestHolderMakesRoom() {
    fill();
    newest.forget(new Runner("a0-0")); // so a0 is not among the biggest any more
    assertThat(takes("b-0", "b")).isTrue();
    erased.clear();
    for (int a = 1; a < MOST / SHARE; a++) {
      for (int i = 0; i < SHARE; i++) {
        if (a != 4 || i != 7) {
          assertThat(takes("a" + a + "-" + i, "a" + a)).isTrue();
        }
      }
    }
    assertThat(takes("newcomer", "c")).isTrue();
    assertThat(erased).containsExactly(new Runner("a4-7"));
    assertThat(isThere("a4-7")).isFalse();
    assertThat(isThere("a0-1")).as("idler, but of a smaller holder").isTrue();
    assertThat(openIds.count()).isEqualTo(MOST);
  }

  @Test
  void newcomersTakeTurnsWithNobodyForEver() {
    fill();
    int swaps = 0;
    for (int round = 0; round < 1_000; round++) {
      for (int a = 0; a < 12; a++) {
        swaps += takes("r" + round + "-" + a, "a" + a) ? 1 : 0;
      }
    }
    assertThat(swaps).isBetween(2, 4 * SHARE);
    assertThat(erased).hasSize(swaps);
    assertThat(openIds.count()).isEqualTo(MOST);
  }

  @Test
  void everyNewAddressFindsRoomForItsFirstId() {
    fill();
    for (int i = 0; i < 500; i++) {
      assertThat(takes("n-" + i, "address-" + i)).isTrue();
    }
    assertThat(openIds.count()).isEqualTo(MOST);
    assertThat(erased).hasSize(500).doesNotHaveDuplicates();
    for (int i = 500 - MOST; i < 500; i++) {
      assertThat(isThere("n-" + i)).isTrue();
    }
  }

  @Test
  void idsOfBeforeARestartGoTheIdlestFirst() {
    List<Runner> before =
        IntStream.range(0, MOST).mapToObj(i -> new Runner("before-" + i)).toList();
    openIds.restore(before);
    assertThat(takes("before-0", "x")).as("it is heard of again").isTrue();
    assertThat(takes("newcomer", "x")).isTrue();
    assertThat(takes("newcomer-2", "y")).isTrue();
    assertThat(erased).containsExactly(new Runner("before-1"), new Runner("before-2"));
  }

  @Test
  void whereNoneAreWantedNobodyMakesRoom() {
    var none = new OpenIds(0);
    none.restore(List.of(new Runner("old")));
    assertThat(none.isFullFor(new Runner("new"), "x")).isTrue();
    assertThat(none.isFullFor(new Runner("old"), "x")).isFalse();
    assertThat(none.inTheWayOf(new Runner("new"), "x", _ -> OpenIds.NOT_IN_MEMORY)).isNull();
  }
}
