package dev.trackside.history;

import static dev.trackside.log.LogUnderTest.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.log.Newest;
import dev.trackside.support.Fixes;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens in whatever order, the log holds what a very simple log would. */
class RandomStoryTest extends LogInDirectory {
  private static final int STEPS = 400;
  private static final List<Runner> RUNNERS =
      Stream.of("anna", "bob", "berlin/1", "berlin/2", "rome/1").map(Runner::new).toList();
  private static final List<Feed> FEEDS =
      Stream.concat(
              RUNNERS.stream().map(Feed.One::new), Stream.of("berlin", "rome").map(Feed.Race::new))
          .map(Feed.class::cast)
          .toList();

  private final SimpleLog simple = new SimpleLog();
  private final List<Long> numbers = new ArrayList<>(List.of(1L));
  private Random random = new Random();

  static Stream<Long> seeds() {
    return Stream.concat(Stream.of(1L, 2L, 3L), Stream.of(System.nanoTime()));
  }

  @ParameterizedTest(name = "with seed {0}")
  @MethodSource("seeds")
  void logHoldsWhatASimpleOneWould(long seed) throws IOException, SQLException {
    random = new Random(seed);
    sizes = new Sizes(new Newest.Bounds(1 + pick(4), 1 + pick(12)), 2 + pick(30), 1 + pick(9));
    for (int step = 0; step < STEPS; step++) {
      try {
        step();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
      }
    }
  }

  private void step() throws IOException, SQLException {
    Runner runner = RUNNERS.get(pick(RUNNERS.size()));
    Feed feed = FEEDS.get(pick(FEEDS.size()));
    switch (pick(40)) {
      case 0 -> {
        log().forget(runner);
        simple.forget(runner);
      }
      case 1 -> reopen();
      case 2 -> cutPower();
      case 3, 4 -> clock().set(clock().millis() + pick(5_000) - 1_000);
      case 5, 6, 7, 8, 9 -> {
        int each = 1 + pick(6);
        assertThat(log().latest(feed, each))
            .as("latest %d of %s", each, feed)
            .isEqualTo(simple.latest(feed, each));
        if (feed instanceof Feed.One(Runner one)) {
          long untilSeq = simple.newestSeq() - each % 4;
          List<Position> all = simple.latest(feed, TrackLog.MOST);
          List<Position> past = all.stream().filter(p -> p.seq() <= untilSeq).toList();
          assertThat(log().startOfLatest(one, each, untilSeq))
              .as("start of latest %d of %s until %d", each, feed, untilSeq)
              .isEqualTo(past.stream().skip(Math.max(0, past.size() - each)).findFirst());
        }
      }
      case 10, 11, 12, 13, 14, 15 -> after(feed);
      case 16, 17, 18, 19 -> between(runner);
      default -> append(runner);
    }
  }

  private int pick(int bound) {
    return random.nextInt(bound);
  }

  private void append(Runner runner) {
    var fixes = new ArrayList<Fix>();
    for (int i = pick(5); i >= 0; i--) {
      fixes.add(fix());
    }
    long before = simple.newestSeq();
    List<Verdict> verdicts = append(runner, fixes);
    List<Position> stored = next(only(runner), 0, 10_000);
    for (int i = 0; i < fixes.size(); i++) {
      Fix fix = fixes.get(i);
      long nowMs = clock().millis();
      long tMs = !fix.hasTime() || fix.tMs() > nowMs + 120_000 ? nowMs : fix.tMs();
      SimpleLog.Judgement expected = simple.judge(runner, fix, tMs, nowMs);
      long seq =
          switch (verdicts.get(i)) {
            case Verdict.Accepted(long given) ->
                check(expected, SimpleLog.Judgement.ACCEPTED, given);
            case Verdict.Late(long given) -> check(expected, SimpleLog.Judgement.LATE, given);
            case Verdict.Duplicate(long known) ->
                check(expected, SimpleLog.Judgement.DUPLICATE, known);
            case Verdict.Refused(String why) -> throw new AssertionError(why);
            case Verdict.NoRoom(String why) -> throw new AssertionError(why);
          };
      if (expected == SimpleLog.Judgement.DUPLICATE) {
        assertThat(seq).isEqualTo(simple.find(runner, fix).orElseThrow().seq());
      } else {
        assertThat(seq).isGreaterThan(before);
        before = seq;
        long previous = simple.latest(only(runner), 1).stream().mapToLong(Position::seq).sum();
        boolean late = expected == SimpleLog.Judgement.LATE;
        var position = new Position(runner, seq, tMs, nowMs, late, fix, previous);
        assertThat(stored).contains(position);
        simple.add(position);
        numbers.add(seq);
      }
    }
  }

  private static long check(SimpleLog.Judgement expected, SimpleLog.Judgement actual, long seq) {
    assertThat(actual).isEqualTo(expected);
    return seq;
  }

  /** Few places and moments, so that many fixes are late or duplicates. */
  private Fix fix() {
    double latDeg = pick(2);
    double lonDeg = pick(2) - 0.5;
    return switch (pick(8)) {
      case 0 -> Fixes.at(latDeg, lonDeg);
      case 1 -> Fixes.at(clock().millis() + 120_000 + pick(3), latDeg, lonDeg);
      case 2, 3 -> Fixes.at(clock().millis() - pick(20), latDeg, lonDeg);
      default -> Fixes.at(NOW_MS - pick(40) * 100L, latDeg, lonDeg);
    };
  }

  private void after(Feed feed) {
    long seq = pick(4) == 0 ? 0 : numbers.get(pick(numbers.size()));
    int limit = 1 + pick(pick(2) == 0 ? 5 : 200);
    Page page = log().after(feed, seq, limit);
    if (seq == 0 || simple.knows(feed, seq)) {
      assertThat(page)
          .as("after %d of %s", seq, feed)
          .isEqualTo(new Page.Next(simple.after(feed, seq, limit)));
    } else if (simple.isForgotten(feed, seq)) {
      assertThat(page).as("after %d of %s", seq, feed).isEqualTo(new Page.Gone());
    } else if (page instanceof Page.Next(List<Position> positions)) {
      assertThat(positions).isEqualTo(simple.after(feed, seq, limit));
    }
  }

  private void between(Runner runner) {
    long fromMs = pick(2) == 0 ? 0 : NOW_MS - pick(40) * 100L;
    long toMs = pick(2) == 0 ? Long.MAX_VALUE : fromMs + pick(2_000);
    long fromSeq = numbers.get(pick(numbers.size()));
    int limit = 1 + pick(20);
    assertThat(log().between(runner, fromMs, fromSeq, toMs, limit))
        .as("from %d, %d to %d of %s", fromMs, fromSeq, toMs, runner)
        .isEqualTo(simple.between(runner, fromMs, fromSeq, toMs, limit));
  }
}
