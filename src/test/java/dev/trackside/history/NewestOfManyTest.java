package dev.trackside.history;

import static dev.trackside.log.LogUnderTest.fixes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.log.LogUnderTest;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The newest positions of many runners, most of whom are not in memory. */
class NewestOfManyTest extends LogInDirectory {
  private static final List<Runner> ALL =
      IntStream.range(0, 300).mapToObj(i -> new Runner("r-" + i)).toList();
  private static final List<Runner> NEVER_HEARD_OF =
      IntStream.range(0, 1_000).mapToObj(i -> new Runner("berlin/" + i)).toList();

  @BeforeEach
  void fill() {
    sizes = OnDisk.TINY;
    for (Runner runner : ALL) {
      accepted(runner, fixes(0, 3));
    }
  }

  private List<Position> oneByOne() {
    return ALL.stream()
        .flatMap(runner -> log().latest(LogUnderTest.only(runner), 1).stream())
        .sorted(Position.BY_SEQ)
        .toList();
  }

  @Test
  void areReadAtOnce() {
    var asked = new ArrayList<>(ALL);
    asked.addAll(NEVER_HEARD_OF);
    assertThat(log().newest(asked)).hasSize(300).isEqualTo(oneByOne());
    log().forget(ALL.get(7));
    assertThat(log().newest(asked)).hasSize(299).isEqualTo(oneByOne());
    reopen();
    assertThat(log().newest(asked)).hasSize(299).isEqualTo(oneByOne());
  }

  @Test
  void whoHasNoneIsNotLookedFor() {
    TrackLog log = log();
    closeAll(); // from here on every read fails
    assertThat(log.newest(NEVER_HEARD_OF)).isEmpty();
  }
}
