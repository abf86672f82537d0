package dev.trackside.history;

import static dev.trackside.log.LogUnderTest.fix;
import static dev.trackside.log.LogUnderTest.fixes;
import static dev.trackside.log.LogUnderTest.join;
import static dev.trackside.log.LogUnderTest.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.log.Newest;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More runners than fit in memory: they are dropped and looked up again all the time. */
class TurnoverTest extends LogInDirectory {
  private static final int RUNNERS = 40;
  private static final int FIXES = 60;

  @Test
  void whoIsDroppedAndComesBackMissesNothing() {
    sizes = OnDisk.TINY;
    log();
    List<CompletableFuture<Void>> publishers =
        IntStream.range(0, 4)
            .mapToObj(part -> CompletableFuture.runAsync(() -> publish(part)))
            .toList();
    var watcher =
        CompletableFuture.runAsync(
            () -> {
              while (publishers.stream().anyMatch(publisher -> !publisher.isDone())) {
                log().latest(BERLIN, 1);
              }
            });
    publishers.forEach(CompletableFuture::join);
    watcher.join();
    for (int bib = 0; bib < RUNNERS; bib++) {
      List<Position> track = pages(only(runner(bib)), 0, 50);
      assertThat(track).extracting(Position::fix).isEqualTo(fixes(0, FIXES));
      long previousSeq = 0;
      for (Position position : track) {
        assertThat(position.previousSeq()).isEqualTo(previousSeq);
        assertThat(position.late()).isFalse();
        previousSeq = position.seq();
      }
    }
    assertThat(log().latest(BERLIN, 1))
        .hasSize(RUNNERS)
        .extracting(Position::fix)
        .containsOnly(fix(FIXES - 1));
  }

  private static Runner runner(int bib) {
    return new Runner("berlin/" + bib);
  }

  /** Sends everything twice, as a phone does if it gets no answer. */
  private void publish(int part) {
    for (int i = 0; i < FIXES; i++) {
      var appended = new ArrayList<CompletionStage<List<Verdict>>>();
      for (int bib = part; bib < RUNNERS; bib += 4) {
        appended.add(log().append(runner(bib), List.of(fix(i))));
        appended.add(log().append(runner(bib), List.of(fix(Math.max(0, i - 7)), fix(i))));
      }
      for (int j = 0; j < appended.size(); j += 2) {
        assertThat(join(appended.get(j))).hasOnlyElementsOfType(Verdict.Accepted.class);
        assertThat(join(appended.get(j + 1))).hasOnlyElementsOfType(Verdict.Duplicate.class);
      }
    }
  }

  @Test
  void whoIsForgottenDuringALookupIsSomebodyNew() {
    sizes = OnDisk.TINY;
    for (int round = 0; round < 30; round++) {
      List<Fix> fixes = fixes(0, 12);
      accepted(FIRST, fixes);
      CompletionStage<List<Verdict>> again = log().append(FIRST, fixes);
      log().forget(FIRST);
      List<Verdict> verdicts = join(again);
      List<Position> left = pages(only(FIRST), 0, 50);
      assertThat(left)
          .as("all of it before the erasure, or all of it after")
          .hasSize(verdicts.getFirst() instanceof Verdict.Duplicate ? 0 : 12);
      assertThat(left).extracting(Position::fix).isIn(List.of(), fixes);
      log().forget(FIRST);
    }
  }

  @Test
  void duplicateBehindNewsIsKnownThoughTheNewsTakeItsPlace() throws SQLException {
    sizes = new Sizes(new Newest.Bounds(4, 100), 1, 9);
    for (int i = 0; i < 100; i += 10) {
      List<Long> seqs = accepted(ANNA, fixes(i, i + 4));
      try (var tables = new Tables(directory())) {
        tables.awaitRows("arrival", 0);
      }
      assertThat(append(ANNA, fix(i + 4), fix(i)))
          .containsExactly(
              new Verdict.Accepted(numbersOf(ANNA).getLast()),
              new Verdict.Duplicate(seqs.getFirst()));
    }
  }
}
