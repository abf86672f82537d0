package dev.trackside.history;

import static dev.trackside.log.LogUnderTest.fix;
import static dev.trackside.log.LogUnderTest.fixes;
import static dev.trackside.log.LogUnderTest.join;
import static dev.trackside.log.LogUnderTest.only;
import static dev.trackside.log.LogUnderTest.seqs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.log.LogUnderTest;
import dev.trackside.log.Newest;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Positions on their way from the journal to the tracks: each is read once and moved once. */
class CompactionTest extends LogInDirectory {
  private static final int EACH = 30_000;

  @Test
  void whileItIsSettledEverythingIsReadOnceAndInOrder() throws Exception {
    sizes = new Sizes(new Newest.Bounds(500, 1_500), 10_000, 1_000);
    List<Runner> runners = List.of(ANNA, BOB, FIRST, SECOND, new Runner("berlin/3"));
    var writing = new AtomicBoolean(true);
    var reading = new ArrayList<CompletableFuture<Integer>>();
    log();
    for (Runner runner : runners.subList(1, 3)) {
      reading.add(CompletableFuture.supplyAsync(() -> readAgainAndAgain(runner, writing)));
    }
    Function<Runner, List<Long>> written = write(runners);
    writing.set(false);
    for (CompletableFuture<Integer> reader : reading) {
      assertThat(reader.join()).as("how often it was read meanwhile").isPositive();
    }
    for (Runner runner : runners) {
      assertThat(seqs(pages(only(runner), 0, TrackLog.MOST))).isEqualTo(written.apply(runner));
      assertThat(seqs(log().latest(only(runner), 5_000)))
          .isEqualTo(written.apply(runner).subList(EACH - 5_000, EACH));
    }
    List<Long> ofRace =
        runners.subList(2, 5).stream().flatMap(r -> written.apply(r).stream()).sorted().toList();
    assertThat(seqs(pages(BERLIN, 0, TrackLog.MOST))).isEqualTo(ofRace);
    assertThat(seqs(run(ANNA, TrackLog.MOST))).isEqualTo(written.apply(ANNA));
  }

  private Function<Runner, List<Long>> write(List<Runner> runners) {
    var written = new HashMap<Runner, List<Long>>();
    for (int from = 0; from < EACH; from += 500) {
      var appended = new HashMap<Runner, CompletionStage<List<Verdict>>>();
      for (Runner runner : runners) {
        appended.put(runner, log().append(runner, fixes(from, from + 500)));
      }
      appended.forEach(
          (runner, verdicts) ->
              join(verdicts)
                  .forEach(
                      verdict ->
                          written
                              .computeIfAbsent(runner, _ -> new ArrayList<>())
                              .add(((Verdict.Accepted) verdict).seq())));
    }
    return runner -> written.getOrDefault(runner, List.of());
  }

  private int readAgainAndAgain(Runner runner, AtomicBoolean writing) {
    int times = 0;
    while (writing.get()) {
      if (times % 20 == 0) {
        assertWhole(pages(only(runner), 0, 7_000));
        assertWhole(run(runner, 7_000));
      }
      List<Position> latest = log().latest(only(runner), 900);
      assertThat(latest).isSortedAccordingTo((a, b) -> Long.compare(a.seq(), b.seq()));
      assertLinked(latest);
      Page after = log().after(BERLIN, latest.isEmpty() ? 0 : latest.getLast().seq(), 500);
      assertThat(after).isInstanceOf(runner.race().isEmpty() ? Page.class : Page.Next.class);
      log().latest(BERLIN, 1);
      log().latest(BERLIN, 3);
      times++;
    }
    return times;
  }

  private static void assertWhole(List<Position> track) {
    if (!track.isEmpty()) {
      assertThat(track.getFirst().previousSeq()).isZero();
      assertLinked(track);
    }
  }

  /** Each names the one before it, so none is missing and none is there twice. */
  private static void assertLinked(List<Position> track) {
    for (int i = 1; i < track.size(); i++) {
      if (track.get(i).previousSeq() != track.get(i - 1).seq()) {
        assertThat(track.get(i).previousSeq()).as("at " + i).isEqualTo(track.get(i - 1).seq());
      }
    }
  }

  @Test
  void roundThatAPowerCutInterruptedIsBegunAnew() throws SQLException {
    accepted(ANNA, fixes(0, 30));
    accepted(FIRST, fixes(0, 30));
    accepted(SECOND, fixes(0, 30));
    Reads before = reads(ANNA, FIRST, SECOND);
    sizes = new Sizes(Sizes.USUAL.memory(), 70, 10);
    whileClosed(
        "INSERT INTO position (runner, "
            + Rows.COLUMNS
            + ") SELECT runner, "
            + Rows.COLUMNS
            + " FROM arrival WHERE (runner, seq) <= (2, (SELECT min(seq) + 41 FROM arrival))",
        "DELETE FROM arrival WHERE runner = 1 AND seq < (SELECT min(seq) + 9 FROM arrival)");
    assertThat(reads(ANNA, FIRST, SECOND)).isEqualTo(before);
    try (var tables = new Tables(directory())) {
      tables.awaitRows("arrival", 0);
      assertThat(tables.rows("position")).isEqualTo(90);
    }
    assertThat(reads(ANNA, FIRST, SECOND)).isEqualTo(before);
    long newest = accepted(ANNA, fixes(40, 70)).getLast();
    assertThat(numbersOf(ANNA)).hasSize(60).endsWith(newest);
    reopen();
    assertThat(numbersOf(ANNA)).hasSize(60).endsWith(newest);
    assertThat(numbersOf(FIRST)).hasSize(30);
  }

  @Test
  void latestOfARaceAreAllWhenTheyFitWhereverTheyAre() throws SQLException {
    sizes = new Sizes(new Newest.Bounds(10, 10), 8_000, 8_000);
    List<Long> first = new ArrayList<>(accepted(FIRST, fixes(0, 7_000)));
    List<Long> second = new ArrayList<>(accepted(SECOND, fixes(0, 1_000)));
    try (var tables = new Tables(directory())) {
      tables.awaitRows("arrival", 0);
    }
    assertThat(log().latest(BERLIN, TrackLog.MOST)).hasSize(8_000);
    assertThat(log().latest(BERLIN, 6_000)).hasSize(7_000);
    first.addAll(accepted(FIRST, fixes(7_000, 7_500)));
    second.addAll(accepted(SECOND, fixes(1_000, 8_000)));
    List<Position> shared = log().latest(BERLIN, TrackLog.MOST);
    assertThat(seqs(shared.stream().filter(p -> p.runner().equals(FIRST)).toList()))
        .isEqualTo(first.subList(2_500, 7_500));
    assertThat(seqs(shared.stream().filter(p -> p.runner().equals(SECOND)).toList()))
        .isEqualTo(second.subList(3_000, 8_000));
    assertThat(log().latest(BERLIN, 1)).hasSize(2);
  }

  @Test
  void inARaceOfManyWhoWereSilentForLongTheNewestOfEachIsKnown() throws SQLException {
    sizes = new Sizes(new Newest.Bounds(2, 50), 100, 100);
    var appended = new ArrayList<CompletionStage<List<Verdict>>>();
    for (int bib = 0; bib < 500; bib++) {
      appended.add(log().append(new Runner("berlin/" + bib), fixes(0, 3)));
    }
    appended.forEach(LogUnderTest::join);
    for (int i = 0; i < 3; i++) {
      List<Position> latest = log().latest(BERLIN, 1);
      assertThat(latest).extracting(Position::runner).hasSize(500).doesNotHaveDuplicates();
      assertThat(latest).extracting(Position::fix).containsOnly(fix(2));
      accepted(ANNA, fixes(200 * i, 200 * i + 200));
    }
  }
}
