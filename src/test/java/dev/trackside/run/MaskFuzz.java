package dev.trackside.run;

import dev.trackside.support.Report;
import java.io.IOException;
import java.time.Duration;

/**
 * Plays {@link MaskRound rounds} until the time is over or one fails: {@code MaskFuzz SECONDS
 * REPORT}.
 */
final class MaskFuzz {
  private static final long FIRST_SEED = 1_000;

  private MaskFuzz() {}

  public static void main(String[] args) throws IOException {
    long endNanos = System.nanoTime() + Duration.ofSeconds(Long.parseLong(args[0])).toNanos();
    MaskRound.Done done = MaskRound.Done.NOTHING;
    for (long seed = FIRST_SEED; System.nanoTime() < endNanos; seed++) {
      done = done.and(MaskRound.play(seed));
    }
    String result =
        """
        %s s, seeds from %d on.

        | rounds | steps, each with a comparison | fixes | restarts | changed masks | ended runs | differences |
        |---|---|---|---|---|---|---|
        | %,d | %,d | %,d | %,d | %,d | %,d | 0 |
        """
            .formatted(
                args[0],
                FIRST_SEED,
                done.rounds(),
                done.steps(),
                done.fixes(),
                done.restarts(),
                done.masks(),
                done.ends());
    System.out.println(result);
    Report.write(args[1], result);
    System.exit(0);
  }
}
