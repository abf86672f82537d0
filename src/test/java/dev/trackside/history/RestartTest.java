package dev.trackside.history;

import static dev.trackside.log.LogUnderTest.fix;
import static dev.trackside.log.LogUnderTest.fixes;
import static dev.trackside.log.LogUnderTest.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackside.log.NotingFollower;
import dev.trackside.support.Fixes;
import dev.trackside.track.Fix;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log knows after a restart or a power cut, from its journal or from its tracks. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class RestartTest extends LogInDirectory {
  private final boolean compacted;

  RestartTest(boolean compacted) {
    this.compacted = compacted;
  }

  @BeforeEach
  void chooseSizes() {
    sizes = compacted ? OnDisk.TINY : Sizes.USUAL;
  }

  @Test
  void everythingIsReadAsBefore() {
    for (int i = 0; i < 10; i++) {
      accepted(ANNA, fixes(3 * i, 3 * i + 3));
      accepted(FIRST, fix(i));
      append(FIRST, fix(-i - 1));
      accepted(SECOND, List.of(fix(2 * i), fix(2 * i + 1)));
    }
    accepted(BOB, new Fix(Fix.NO_TIME, 1, -2, 3, 4, 5, 6, 7, 8, 9, "\"x\":\"ü\",\"y\":null"));
    accepted(BOB, Fixes.at(NOW_MS + 600_000, 1, 2));
    Reads before = reads(ANNA, BOB, FIRST, SECOND);
    reopen();
    assertThat(reads(ANNA, BOB, FIRST, SECOND)).isEqualTo(before);
    assertThat(before.all()).noneMatch(List::isEmpty);
    reopen();
    assertThat(reads(ANNA, BOB, FIRST, SECOND)).as("after a second restart").isEqualTo(before);
  }

  @Test
  void resumingGoesOnAcrossTheRestart() {
    List<Long> seqs = new ArrayList<>(accepted(FIRST, fixes(0, 12)));
    reopen();
    seqs.addAll(accepted(FIRST, fixes(12, 20)));
    seqs.add(accepted(SECOND, fix(0)));
    for (int i = 0; i < 20; i++) {
      assertThat(seqsAfter(FIRST, seqs.get(i))).isEqualTo(seqs.subList(i + 1, 20));
      assertThat(pages(BERLIN, seqs.get(i), 3))
          .extracting(Position::seq)
          .isEqualTo(seqs.subList(i + 1, 21));
    }
  }

  private List<Long> seqsAfter(Runner runner, long seq) {
    return pages(only(runner), seq, 3).stream().map(Position::seq).toList();
  }

  @Test
  void numbersGoOnAboveAllBefore() {
    long newest = accepted(ANNA, fixes(0, 20)).getLast();
    for (int i = 0; i < 3; i++) {
      reopen();
      long next = accepted(BOB, fix(i));
      assertThat(next).isGreaterThan(newest);
      newest = next;
    }
  }

  @Test
  void duplicatesAreKnownAgain() {
    Fix ahead = Fixes.at(NOW_MS + 600_000, 1, 2);
    Fix atZero = Fixes.at(NOW_MS - 5_000, 50, -0.0);
    var seqs = new ArrayList<>(accepted(ANNA, fixes(0, 20)));
    seqs.add(accepted(ANNA, atZero));
    seqs.add(accepted(ANNA, ahead));
    reopen();
    var again = new ArrayList<>(fixes(0, 20));
    again.add(Fixes.at(NOW_MS - 5_000, 50, 0.0));
    again.add(ahead);
    assertThat(append(ANNA, again))
        .isEqualTo(seqs.stream().<Verdict>map(Verdict.Duplicate::new).toList());
    clock().forward(Duration.ofHours(1));
    assertThat(append(ANNA, ahead)).containsExactly(new Verdict.Duplicate(seqs.getLast()));
    assertThat(append(ANNA, Fixes.at(NOW_MS, 1, 2)))
        .as("the server's moment is not the phone's")
        .hasOnlyElementsOfType(Verdict.Accepted.class);
    assertThat(append(BOB, fix(3))).hasOnlyElementsOfType(Verdict.Accepted.class);
  }

  @Test
  void whatTheServerDatedIsNoDuplicateOfWhatAPhoneDated() {
    accepted(ANNA, Fixes.at(1, 2));
    accepted(ANNA, fixes(0, 0));
    reopen();
    accepted(ANNA, Fixes.at(NOW_MS, 1, 2));
    accepted(ANNA, Fixes.at(1, 2));
    assertThat(numbersOf(ANNA)).hasSize(3);
  }

  @Test
  void latenessIsJudgedAgainstThePast() {
    append(ANNA, fix(90), fix(10), fix(11), fix(12), fix(13), fix(14), fix(15));
    reopen();
    assertThat(append(ANNA, fix(80), fix(90), fix(91)))
        .hasExactlyElementsOfTypes(
            Verdict.Late.class, Verdict.Duplicate.class, Verdict.Accepted.class);
  }

  @Test
  void positionNamesTheOneBeforeTheRestart() {
    long newest = accepted(ANNA, fixes(0, 12)).getLast();
    long newestOfBob = accepted(BOB, fix(0));
    reopen();
    var heard = new NotingFollower();
    try (var _ = log().follow(only(ANNA), heard);
        var _ = log().follow(only(BOB), heard)) {
      long next = accepted(ANNA, fix(20));
      accepted(BOB, Fixes.at(1, 2));
      accepted(ANNA, fix(21));
      assertThat(heard.positions(3))
          .extracting(Position::previousSeq)
          .containsExactly(newest, newestOfBob, next);
    }
  }

  @Test
  void afterAPowerCutEverythingAcknowledgedIsThere() throws IOException, SQLException {
    accepted(ANNA, fixes(0, 30));
    for (int i = 0; i < 15; i++) {
      accepted(FIRST, fix(i));
      accepted(SECOND, fix(i));
    }
    Reads before = reads(ANNA, FIRST, SECOND);
    cutPower();
    assertThat(reads(ANNA, FIRST, SECOND)).isEqualTo(before);
    assertThat(append(ANNA, fix(3))).hasOnlyElementsOfType(Verdict.Duplicate.class);
  }

  @Test
  void whoSawWhatIsLostNowStartsAnew() throws IOException, SQLException {
    long early = accepted(FIRST, fixes(0, 12)).getLast();
    Path copy = copyOfDatabase();
    long shown = accepted(FIRST, fixes(12, 24)).get(5);
    putBack(copy);
    assertThat(log().after(only(FIRST), shown, 10)).isEqualTo(new Page.Gone());
    assertThat(log().after(BERLIN, shown, 10)).isEqualTo(new Page.Gone());
    List<Long> newer = accepted(FIRST, fixes(12, 15));
    assertThat(newer).allMatch(seq -> seq > shown);
    for (int i = 0; i < 2; i++) {
      assertThat(log().after(only(FIRST), shown, 10)).isEqualTo(new Page.Gone());
      assertThat(log().after(BERLIN, shown, 10)).isEqualTo(new Page.Gone());
      assertThat(seqsAfter(FIRST, early)).isEqualTo(newer);
      reopen();
    }
  }

  @Test
  void withoutTheFileOfTheNumbersTheyGrowOnAboveWhatIsStored() throws IOException {
    clock().forward(Duration.ofDays(9));
    long newest = accepted(ANNA, fixes(0, 12)).getLast();
    closeAll();
    Files.delete(directory().resolve("numbers"));
    clock().set(NOW_MS - Duration.ofDays(900).toMillis());
    assertThat(((Verdict.Accepted) append(BOB, Fixes.at(1, 2)).getFirst()).seq())
        .isGreaterThan(newest);
  }

  @Test
  void numbersOfErasedRunnersAreNotGivenAgainEvenWithoutTheirFile() throws IOException {
    accepted(ANNA, fixes(0, 12));
    long newest = accepted(BOB, fixes(0, 12)).getLast();
    log().forget(BOB);
    closeAll();
    Files.delete(directory().resolve("numbers"));
    clock().set(NOW_MS - Duration.ofDays(900).toMillis());
    assertThat(((Verdict.Accepted) append(BOB, Fixes.at(1, 2)).getFirst()).seq())
        .isGreaterThan(newest);
  }

  @Test
  void closedLogTakesNothingAndSaysSo() {
    accepted(ANNA, fix(0));
    var closed = log();
    closed.close();
    assertThatThrownBy(() -> closed.append(ANNA, List.of(fix(1))).toCompletableFuture().join())
        .hasCauseInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("The log is closed.");
    assertThatThrownBy(() -> closed.append(BOB, List.of(fix(1))).toCompletableFuture().join())
        .hasMessageContaining("The log is closed.");
    assertThatThrownBy(() -> closed.between(BOB, 0, 0, 1, 1))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("The log is closed.");
  }
}
