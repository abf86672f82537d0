package dev.trackside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed at any moment, again and again, under load. */
class KillRoundsIT {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 3);
  private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
  private static final int EACH_BEAT = 2;
  private static final Duration LAST = Duration.ofSeconds(2);

  @TempDir private Path data;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void nothingAcknowledgedIsLostAndNoNumberIsGivenTwice() throws Exception {
    var random = new Random(SEED);
    int inStart = 0;
    try (var machine = new Machine(data);
        var crowd = new Everybody(machine, random)) {
      crowd.begin(EACH_BEAT);
      for (int round = 0; round < ROUNDS; round++) {
        if (random.nextInt(4) == 0) {
          machine.bootAndKill(Duration.ofMillis(20 + random.nextInt(1_000)));
          inStart++;
        }
        crowd.book().newLife();
        machine.boot();
        machine.server().letRun(Duration.ofMillis(20 + random.nextInt(1_480)));
        machine.kill();
      }
      crowd.book().newLife();
      machine.boot();
      machine.server().letRun(LAST);
      Stored stored = crowd.settle();
      assertThat(machine.terminate()).isEqualTo(143);
      assertThat(machine.strangeWords()).isEmpty();
      report(machine, crowd.book().sum(stored), stored, inStart);
    } catch (AssertionError e) {
      throw new AssertionError("with -Dkill.seed=" + SEED + ": " + e.getMessage(), e);
    }
  }

  private void report(Machine machine, Book.Sum sum, Stored stored, int inStart) throws Exception {
    var starts = machine.starts().stream().sorted().toList();
    var report =
        """
        | %d rounds, seed %d | |
        |---|---|
        | killed under load, 20 to 1,500 ms after it was up | %d times |
        | killed while it started, besides | %d times |
        | positions that phones reported | %d |
        | acknowledged | %d |
        | said again | %d times |
        | acknowledged positions that are not stored, or more than once | 0 |
        | numbers given twice, or that went back | 0 |
        | stored | %d |
        | shown to spectators | %d |
        | shown to spectators, and lost before they were durable | %d |
        | resets that followed | %d |
        | spectators whose track is not the stored one | 0 |
        | from the start of the process until it takes connections | %d ms in the middle, %d ms at most |
        """
            .formatted(
                ROUNDS,
                SEED,
                ROUNDS,
                inStart,
                sum.said(),
                sum.acknowledged(),
                sum.repeats(),
                stored.all().size(),
                sum.shown(),
                sum.lost(),
                sum.resets(),
                starts.get(starts.size() / 2).toMillis(),
                starts.getLast().toMillis());
    System.out.println(report);
    String page = System.getProperty("proof.report");
    if (page != null) {
      Report.write(page, report);
    }
  }
}
