package dev.trackside.history;

import static dev.trackside.log.LogUnderTest.fix;
import static dev.trackside.log.LogUnderTest.fixes;
import static dev.trackside.log.LogUnderTest.join;
import static dev.trackside.log.LogUnderTest.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trackside.log.NotingFollower;
import dev.trackside.support.Fixes;
import dev.trackside.track.Position;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A running log whose file is locked or damaged, or stores less than arrives. */
class TroubleTest extends LogInDirectory {
  @Test
  void whileAnotherProgramHoldsTheFileNothingIsAcknowledgedAndEverythingIsShown() throws Exception {
    accepted(ANNA, fix(0));
    var heard = new NotingFollower();
    var room = new CountDownLatch(1);
    CompletableFuture<List<Verdict>> acknowledged;
    try (var other = new Tables(directory());
        var _ = log().follow(only(ANNA), heard)) {
      other.run("BEGIN EXCLUSIVE");
      acknowledged = log().append(ANNA, fixes(1, 4)).toCompletableFuture();
      heard.positions(3);
      await().until(() -> log().trouble().isPresent());
      assertThat(log().trouble().orElseThrow())
          .isEqualTo(
              directory().resolve("trackside.db")
                  + " is locked by another program: stop that program.");
      assertThat(log().isFull()).isTrue();
      log().whenRoom(room::countDown);
      assertThat(room.getCount()).isOne();
      assertThat(acknowledged).isNotDone();
      assertThat(numbersOf(ANNA)).as("read all the same").hasSize(4);
      other.run("ROLLBACK");
      assertThat(join(acknowledged)).hasOnlyElementsOfType(Verdict.Accepted.class).hasSize(3);
    }
    assertThat(room.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(log().trouble()).isEmpty();
    assertThat(log().isFull()).isFalse();
    reopen();
    assertThat(numbersOf(ANNA)).hasSize(4);
  }

  @Test
  void whatNobodyExpectedIsTroubleAndNotTheEnd() throws SQLException {
    keeping = new KeepSettings(true, Duration.ZERO, Duration.ofDays(10), Duration.ZERO);
    accepted(ANNA, fix(0));
    try (var other = new Tables(directory())) {
      other.run("UPDATE runner SET id = 'no runner'");
      clock().forward(Duration.ofDays(11));
      await().until(() -> log().trouble().isPresent());
      assertThat(log().trouble().orElseThrow()).contains(" is damaged: ");
      CompletableFuture<List<Verdict>> waiting =
          log().append(BOB, List.of(Fixes.at(1, 2))).toCompletableFuture();
      assertThat(waiting).isNotDone();
      other.run("UPDATE runner SET id = 'anna' WHERE id = 'no runner'");
      assertThat(join(waiting)).hasOnlyElementsOfType(Verdict.Accepted.class);
    }
    assertThat(log().trouble()).isEmpty();
    await().until(() -> isGone(ANNA));
  }

  @Test
  void whoIsClosedInTroubleAnswersThatNothingWasStored() throws SQLException {
    accepted(ANNA, fix(0));
    CompletableFuture<List<Verdict>> never;
    try (var other = new Tables(directory())) {
      other.run("BEGIN EXCLUSIVE");
      never = log().append(ANNA, fixes(1, 4)).toCompletableFuture();
      log().close();
      assertThatThrownBy(never::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("is locked by another program");
      other.run("ROLLBACK");
    }
    closeAll();
    assertThat(numbersOf(ANNA)).hasSize(1);
  }

  @Test
  void queueHasABoundAndTellsWhenThereIsRoom() throws Exception {
    var room = new CountDownLatch(1);
    var appended = new ArrayList<CompletableFuture<List<Verdict>>>();
    accepted(ANNA, fix(0));
    try (var other = new Tables(directory())) {
      other.run("BEGIN EXCLUSIVE");
      for (int from = 1; from < 32_768; from += 1_000) {
        assertThat(log().isFull()).isFalse();
        appended.add(log().append(ANNA, fixes(from, from + 1_000)).toCompletableFuture());
      }
      assertThat(log().isFull()).isTrue();
      log().whenRoom(room::countDown);
      log()
          .whenRoom(
              () -> {
                throw new IllegalStateException("somebody who fails when told");
              });
      assertThat(room.getCount()).isOne();
      other.run("ROLLBACK");
    }
    assertThat(room.await(10, TimeUnit.SECONDS)).isTrue();
    appended.forEach(verdicts -> assertThat(join(verdicts)).hasSize(1_000));
    assertThat(log().isFull()).isFalse();
    assertThat(numbersOf(ANNA)).hasSize(33_001);
  }

  @Test
  void manyWhoMustBeLookedUpHaveABoundToo() throws Exception {
    sizes = OnDisk.TINY;
    accepted(ANNA, fixes(0, 20));
    var appended = new ArrayList<CompletableFuture<List<Verdict>>>();
    var room = new CountDownLatch(1);
    while (!log().isFull()) {
      appended.add(log().append(ANNA, fixes(0, 5_000)).toCompletableFuture());
    }
    log().whenRoom(room::countDown);
    assertThat(room.await(10, TimeUnit.SECONDS)).isTrue();
    appended.forEach(verdicts -> assertThat(join(verdicts)).hasSize(5_000));
    assertThat(numbersOf(ANNA)).hasSize(5_000);
    log().whenRoom(() -> appended.clear());
    assertThat(appended).isEmpty();
  }

  @Test
  void pagesThatAreOverwrittenWhileItRunsAreToldOfInASentence() throws Exception {
    sizes = new Sizes(OnDisk.TINY.memory(), 2_000, 2_000);
    accepted(FIRST, fixes(0, 20_000));
    try (var tables = new Tables(directory())) {
      tables.awaitRows("arrival", 0);
      tables.run("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    overwritePages();
    assertDamaged(() -> pages(only(FIRST), 0, TrackLog.MOST));
    assertDamaged(() -> run(FIRST, TrackLog.MOST));
    assertDamaged(() -> pages(BERLIN, 0, TrackLog.MOST));
    assertDamaged(() -> log().latest(BERLIN, TrackLog.MOST));
    assertThat(log().latest(only(FIRST), 1)).as("from memory").hasSize(1);
  }

  private void overwritePages() throws IOException {
    try (var file = new RandomAccessFile(directory().resolve("trackside.db").toFile(), "rw")) {
      var garbage = new byte[4_096];
      Arrays.fill(garbage, (byte) 0xa7);
      for (long page = 20; page < file.length() / 4_096; page++) {
        file.seek(page * 4_096);
        file.write(garbage);
      }
    }
  }

  private void assertDamaged(Callable<List<Position>> read) {
    assertThatThrownBy(read::call)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(directory().resolve("trackside.db") + " is damaged: ");
  }
}
