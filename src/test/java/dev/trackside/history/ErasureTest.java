package dev.trackside.history;

import static dev.trackside.log.LogUnderTest.fix;
import static dev.trackside.log.LogUnderTest.fixes;
import static dev.trackside.log.LogUnderTest.join;
import static dev.trackside.log.LogUnderTest.only;
import static dev.trackside.log.LogUnderTest.seqs;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.log.LogUnderTest;
import dev.trackside.log.NotingFollower;
import dev.trackside.track.Fix;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Erased runners, and what is left of them in the files. */
class ErasureTest extends LogInDirectory {
  private static final Runner SECRET = new Runner("berlin/very-secret");
  private static final String MARKER = "says-where-home-is";

  private int said;

  private static List<Fix> marked(int from, int to) {
    return marked(from, to, MARKER);
  }

  private static List<Fix> marked(int from, int to, String marker) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                new Fix(
                    fix(i).tMs(),
                    fix(i).latDeg(),
                    13,
                    Fix.UNKNOWN,
                    Fix.UNKNOWN,
                    Fix.UNKNOWN,
                    Fix.UNKNOWN,
                    Fix.UNKNOWN,
                    Fix.UNKNOWN,
                    Fix.UNKNOWN,
                    "\"m\":\"" + marker + "-".repeat(i % 90) + "\""))
        .toList();
  }

  private List<String> filesWith(String text) throws IOException {
    var found = new ArrayList<String>();
    for (String name : List.of("trackside.db", "trackside.db-wal", "trackside.db-shm")) {
      if (text(name).contains(text)) {
        found.add(name);
      }
    }
    return found;
  }

  private String text(String name) throws IOException {
    Path file = directory().resolve(name);
    return Files.exists(file) ? new String(Files.readAllBytes(file), ISO_8859_1) : "";
  }

  private void assertNothingIsLeft() throws Exception {
    try (var tables = new Tables(directory())) {
      tables.awaitRows("erased", 0);
    }
    await()
        .untilAsserted(
            () -> {
              assertThat(filesWith(MARKER)).isEmpty();
              assertThat(filesWith(SECRET.id())).isEmpty();
            });
  }

  private void assertUnread(List<Long> kept) {
    assertThat(log().latest(only(SECRET), 10)).isEmpty();
    assertThat(all(only(SECRET))).isEmpty();
    assertThat(log().between(SECRET, 0, 0, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(log().latest(BERLIN, 1))
        .extracting(Position::runner)
        .isSubsetOf(FIRST, SECOND)
        .doesNotHaveDuplicates();
    assertThat(log().latest(BERLIN, 3)).extracting(Position::runner).isSubsetOf(FIRST, SECOND);
    assertThat(seqs(pages(BERLIN, 0, 5_000))).isEqualTo(kept);
  }

  /** A race in which the secret runner runs among others. */
  private List<Long> race(int rounds, int each) {
    var kept = new ArrayList<Long>();
    var appended = new ArrayList<CompletionStage<List<Verdict>>>();
    var random = new Random(7);
    for (int i = 0; i < rounds; i++) {
      int from = i * each;
      appended.add(log().append(SECRET, marked(from, from + each)));
      Runner other = random.nextBoolean() ? FIRST : SECOND;
      CompletionStage<List<Verdict>> others = log().append(other, fixes(from, from + each));
      appended.add(others);
      join(others).forEach(verdict -> kept.add(((Verdict.Accepted) verdict).seq()));
    }
    appended.forEach(LogUnderTest::join);
    return kept;
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_000, 2_000, 100})
  void nothingIsLeftInTheFiles(int round) throws Exception {
    sizes = new Sizes(OnDisk.TINY.memory(), round, Math.min(400, round));
    List<Long> kept = race(100, 40);
    assertThat(filesWith(MARKER)).isNotEmpty();
    assertThat(filesWith(SECRET.id())).isNotEmpty();
    log().forget(SECRET);
    assertUnread(kept);
    assertNothingIsLeft();
    assertUnread(kept);
    reopen();
    assertUnread(kept);
  }

  /** The names of runners are in a table and an index of their own, whose pages split and merge. */
  @Test
  void ofManyErasedRunnersNothingIsLeftEither() throws Exception {
    sizes = new Sizes(OnDisk.TINY.memory(), 500, 100);
    List<Runner> all =
        new ArrayList<>(
            IntStream.range(1_000, 5_000).mapToObj(i -> new Runner("run" + i + "er")).toList());
    Collections.shuffle(all, new Random(5));
    for (int round = 0; round < 2; round++) {
      var appended = new ArrayList<CompletionStage<List<Verdict>>>();
      for (Runner runner : all) {
        appended.add(log().append(runner, marked(2 * round, 2 * round + 2, runner.id())));
      }
      appended.forEach(LogUnderTest::join);
    }
    List<Runner> gone = all.stream().filter(runner -> runner.id().hashCode() % 10 == 0).toList();
    gone.forEach(log()::forget);
    try (var tables = new Tables(directory())) {
      tables.awaitRows("erased", 0);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.size(directory().resolve("trackside.db-wal")) == 0);
    String left = text("trackside.db");
    assertThat(gone).filteredOn(runner -> left.contains(runner.id())).isEmpty();
    Runner kept = all.stream().filter(r -> !gone.contains(r)).findFirst().orElseThrow();
    assertThat(log().latest(only(kept), 20)).hasSize(4);
  }

  /** How often the write-ahead log has begun anew: the fourth word of its head. */
  private int restartsOfTheWal() throws IOException {
    accepted(BOB, fix(++said));
    byte[] head = Files.readAllBytes(directory().resolve("trackside.db-wal"));
    return ByteBuffer.wrap(head).getInt(12);
  }

  @Test
  void manyErasuresAreSweptOutTogether() throws Exception {
    sizes = new Sizes(Sizes.USUAL.memory(), 1_000_000, 4_000);
    accepted(ANNA, fix(0));
    log().forget(ANNA);
    await().until(() -> Files.size(directory().resolve("trackside.db-wal")) == 0);
    int before = restartsOfTheWal();
    long begunNanos = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      accepted(ANNA, marked(i, i + 1).getFirst());
      log().forget(ANNA);
    }
    int most = 2 + (int) ((System.nanoTime() - begunNanos) / Erasure.BETWEEN_SWEEPS.toNanos());
    assertThat(restartsOfTheWal() - before).isLessThanOrEqualTo(most);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(filesWith(MARKER)).isEmpty());
  }

  @Test
  void twentyThousandPositionsAreErasedWhileTheyAreSettled() throws Exception {
    sizes = new Sizes(Sizes.USUAL.memory(), 30_000, 1_000);
    List<Long> kept = race(40, 500);
    log().forget(SECRET);
    assertUnread(kept);
    assertNothingIsLeft();
    assertUnread(kept);
  }

  @Test
  void followersAreToldAndWhatComesAfterIsKept() throws Exception {
    sizes = OnDisk.TINY;
    accepted(SECRET, marked(0, 20));
    var heard = new NotingFollower();
    try (var _ = log().follow(only(SECRET), heard)) {
      log().forget(SECRET);
      assertThat(heard.told(1)).containsExactly(SECRET);
      List<Long> again = accepted(SECRET, fixes(0, 20));
      assertThat(numbersOf(SECRET)).isEqualTo(again);
      assertThat(all(only(SECRET)).getFirst().previousSeq()).isZero();
      try (var tables = new Tables(directory())) {
        tables.awaitRows("erased", 0);
      }
      assertThat(filesWith(SECRET.id())).as("the runner is back").isNotEmpty();
      reopen();
      assertThat(numbersOf(SECRET)).isEqualTo(again);
      assertThat(append(SECRET, fix(3))).containsExactly(new Verdict.Duplicate(again.get(3)));
    }
  }

  @Test
  void whoResumesFromAnErasedPositionStartsAnewAfterARestartToo() {
    sizes = OnDisk.TINY;
    List<Long> erased = accepted(ANNA, fixes(0, 12));
    log().forget(ANNA);
    accepted(ANNA, fixes(0, 12));
    reopen();
    assertThat(log().after(only(ANNA), erased.get(3), 5)).isEqualTo(new Page.Gone());
    assertThat(log().after(only(ANNA), erased.getLast(), 5)).isEqualTo(new Page.Gone());
  }

  @Test
  void erasureThatAPowerCutInterruptedIsCompletedThoughNothingArrives() throws Exception {
    sizes = new Sizes(OnDisk.TINY.memory(), 100, 50);
    List<Long> kept = race(50, 40);
    try (var tables = new Tables(directory())) {
      tables.awaitRows("arrival", 0);
    }
    whileClosed(
        "PRAGMA secure_delete = ON",
        "INSERT INTO erased SELECT no FROM runner WHERE id = '" + SECRET.id() + "'",
        "DELETE FROM runner WHERE id = '" + SECRET.id() + "'");
    assertUnread(kept);
    assertNothingIsLeft();
  }

  @Test
  void powerCutRightAfterTheErasureLeavesNothingEither() throws Exception {
    sizes = new Sizes(OnDisk.TINY.memory(), 100, 50);
    List<Long> kept = race(50, 40);
    log().forget(SECRET);
    cutPower();
    assertUnread(kept);
    assertNothingIsLeft();
  }

  @Test
  void readerFromOutsideHoldsUpTheEndOfTheErasureAndNothingElse() throws Exception {
    sizes = new Sizes(OnDisk.TINY.memory(), 100, 50);
    race(20, 40);
    try (var reader = new Tables(directory())) {
      reader.run("BEGIN", "SELECT count(*) FROM position");
      log().forget(SECRET);
      long begun = System.nanoTime();
      for (int i = 0; i < 40; i++) {
        accepted(ANNA, fixes(20 * i, 20 * i + 20));
      }
      assertThat(System.nanoTime() - begun).isLessThan(2_000_000_000L);
      try (var tables = new Tables(directory())) {
        await().until(() -> tables.rows("arrival") < 100);
      }
    }
    assertNothingIsLeft();
  }
}
