package dev.trackside.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.StoppedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceNumbersTest {
  private static final long NOW_MS = 1_763_777_000_000L;

  @TempDir private Path directory;
  private final StoppedClock clock = new StoppedClock(NOW_MS);

  @Test
  void firstIsTheClocksAndTheOthersGrow() throws IOException {
    try (var numbers = new SequenceNumbers(directory, clock)) {
      assertThat(numbers.getAsLong()).isEqualTo(NOW_MS);
      assertThat(grow(numbers, NOW_MS, 100)).isLessThan(1L << 53);
    }
  }

  private static long grow(SequenceNumbers numbers, long last, int times) {
    for (int i = 0; i < times; i++) {
      long next = numbers.getAsLong();
      assert next > last : next + " after " + last;
      last = next;
    }
    return last;
  }

  @Test
  void blocksFollowEachOtherAndAreReservedBeforeTheyAreUsed() throws IOException {
    try (var numbers = new SequenceNumbers(directory, clock)) {
      long last = 0;
      for (int i = 0; i < 25; i++) {
        last = grow(numbers, last, 100_000);
        assertThat(reserved()).isGreaterThan(last);
      }
    }
  }

  private long reserved() throws IOException {
    return Long.parseLong(Files.readString(directory.resolve("numbers"), ISO_8859_1).strip());
  }

  @Test
  void theyGrowFromOneOpeningToTheNextWhateverTheClockSays() throws IOException {
    long last = 0;
    for (Duration step :
        new Duration[] {
          Duration.ZERO, Duration.ofDays(-4_000), Duration.ofMillis(1), Duration.ofDays(-1)
        }) {
      clock.forward(step);
      try (var numbers = new SequenceNumbers(directory, clock)) {
        last = grow(numbers, last, 600_000);
      }
    }
    assertThat(last).isGreaterThan(clock.millis());
  }

  @Test
  void noneIsGivenTwiceThoughTheProcessEndsWithoutClosing(@TempDir Path crashed)
      throws IOException {
    try (var numbers = new SequenceNumbers(directory, clock)) {
      long last = 0;
      for (int i = 0; i < 5; i++) {
        last = grow(numbers, last, 300_000);
        Files.writeString(crashed.resolve("numbers"), reserved() + "\n");
        Files.writeString(crashed.resolve("numbers.new"), "17");
        Files.writeString(crashed.resolve("lock"), "");
        try (var afterwards = new SequenceNumbers(crashed, clock)) {
          assertThat(afterwards.getAsLong()).isGreaterThan(last);
        }
      }
    }
  }

  @Test
  void manyThreadsNeverGetTheSame() throws IOException {
    var given = new ConcurrentSkipListSet<Long>();
    try (var numbers = new SequenceNumbers(directory, clock);
        var threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        threads.execute(
            () -> {
              var own = new ArrayList<Long>();
              for (int j = 0; j < 10_000; j++) {
                own.add(numbers.getAsLong());
              }
              given.addAll(own);
            });
      }
    }
    assertThat(given).hasSize(40_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no number",
        "12 13",
        "1.5",
        "-5",
        "+5",
        "0x10",
        "9007199254740992",
        "99999999999999999999",
        "\u00ff\u00fe\u0000"
      })
  void fileThatIsNoNumberIsRefusedAndLeftAlone(String content) throws IOException {
    Path file = directory.resolve("numbers");
    Files.writeString(file, content, ISO_8859_1);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> new SequenceNumbers(directory, clock))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + " must hold one number below 2^53, got \"");
    }
    assertThat(file).usingCharset(ISO_8859_1).hasContent(content);
  }

  @Test
  void fileThatCannotBeReadIsRefused() throws IOException {
    Path file = Files.createDirectory(directory.resolve("numbers"));
    assertThatThrownBy(() -> new SequenceNumbers(directory, clock))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " cannot be read (");
  }

  @Test
  void reservationThatFailsIsSaidAndTheDirectoryStaysFree() throws IOException {
    Path obstacle = Files.createDirectory(directory.resolve("numbers.new"));
    assertThatThrownBy(() -> new SequenceNumbers(directory, clock))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Numbers could not be reserved in ");
    Files.delete(obstacle);
    new SequenceNumbers(directory, clock).close();
  }

  @Test
  void afterAFailedReservationNumbersGoOnOnceItSucceeds() throws IOException {
    try (var numbers = new SequenceNumbers(directory, clock)) {
      Path obstacle = Files.createDirectory(directory.resolve("numbers.new"));
      long last = grow(numbers, 0, 1_000_000);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(numbers::getAsLong)
            .isInstanceOf(UncheckedIOException.class)
            .hasMessageStartingWith("Numbers could not be reserved in ");
      }
      Files.delete(obstacle);
      await()
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(numbers.getAsLong()).isEqualTo(last + 1));
      assertThat(reserved()).isGreaterThan(last + 1);
    }
  }
}
