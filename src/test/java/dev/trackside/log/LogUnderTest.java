package dev.trackside.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Fixes;
import dev.trackside.support.StoppedClock;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** A log under test, with what the tests of its contract need. */
public interface LogUnderTest {
  long NOW_MS = 1_763_777_000_000L;
  Runner ANNA = new Runner("anna");
  Runner BOB = new Runner("bob");
  Runner FIRST = new Runner("berlin/1");
  Runner SECOND = new Runner("berlin/2");
  Feed BERLIN = new Feed.Race("berlin");

  TrackLog log();

  StoppedClock clock();

  static Feed only(Runner runner) {
    return new Feed.One(runner);
  }

  /** A fix with its own place and moment: the higher the number, the later. */
  static Fix fix(int number) {
    return Fixes.at(NOW_MS - 3_600_000 + number * 100L, 52 + number / 100_000.0, 13);
  }

  static List<Fix> fixes(int from, int to) {
    return IntStream.range(from, to).mapToObj(LogUnderTest::fix).toList();
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, SECONDS).join();
  }

  default List<Verdict> append(Runner runner, Fix... fixes) {
    return append(runner, List.of(fixes));
  }

  default List<Verdict> append(Runner runner, List<Fix> fixes) {
    return join(log().append(runner, fixes));
  }

  /** Appends a fix that is neither late nor a duplicate. */
  default long accepted(Runner runner, Fix fix) {
    return accepted(runner, List.of(fix)).getFirst();
  }

  default List<Long> accepted(Runner runner, List<Fix> fixes) {
    List<Verdict> verdicts = append(runner, fixes);
    assertThat(verdicts).hasSameSizeAs(fixes).hasOnlyElementsOfType(Verdict.Accepted.class);
    return verdicts.stream().map(verdict -> ((Verdict.Accepted) verdict).seq()).toList();
  }

  default List<Position> all(Feed feed) {
    return next(feed, 0, TrackLog.MOST);
  }

  default List<Position> next(Feed feed, long seq, int limit) {
    Page page = log().after(feed, seq, limit);
    assertThat(page).isInstanceOf(Page.Next.class);
    return ((Page.Next) page).positions();
  }

  /** Reads from a number to the end, page by page. */
  default List<Position> pages(Feed feed, long seq, int limit) {
    var read = new ArrayList<Position>();
    List<Position> page;
    do {
      page = next(feed, read.isEmpty() ? seq : read.getLast().seq(), limit);
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      read.addAll(page);
    } while (!page.isEmpty());
    return read;
  }

  static List<Long> seqs(List<Position> positions) {
    return positions.stream().map(Position::seq).toList();
  }
}
