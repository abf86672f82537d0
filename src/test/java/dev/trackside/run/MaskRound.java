package dev.trackside.run;

import dev.trackside.support.Fixes;
import dev.trackside.support.StoppedClock;
import dev.trackside.track.Fix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Some days of a runner with a mask, drawn from a seed: runs with gaps whose fixes come in any
 * order and again, runs that are ended, masks that are changed, and restarts. After each step
 * everything that can be read is compared with {@link MaskAnswer}.
 */
final class MaskRound {
  /** What was done in rounds. */
  record Done(int rounds, int steps, int fixes, int restarts, int masks, int ends) {
    static final Done NOTHING = new Done(0, 0, 0, 0, 0, 0);

    Done and(Done more) {
      return new Done(
          rounds + more.rounds,
          steps + more.steps,
          fixes + more.fixes,
          restarts + more.restarts,
          masks + more.masks,
          ends + more.ends);
    }
  }

  private static final long BEGIN_MS = 1_790_000_000_000L;
  private static final long MINUTE_MS = 60_000;
  private static final double METRE = 1 / 111_195.0;
  private static final int[] MASKS_M = {0, 100, 200, 200, 500, 1_500};

  private final Random random;
  private final Path directory;
  private final StoppedClock clock = new StoppedClock(BEGIN_MS);
  private final List<Fix> unsent;
  private final List<Fix> sent = new ArrayList<>();
  private int restarts;
  private int masks;
  private int ends;

  private MaskRound(long seed, Path directory) {
    this.random = new Random(seed);
    this.directory = directory;
    this.unsent = new ArrayList<>(fixes());
  }

  /** Plays one round in a directory of its own. */
  static Done play(long seed) throws IOException {
    Path directory = Files.createTempDirectory("masks");
    try {
      return new MaskRound(seed, directory).play();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    } finally {
      try (Stream<Path> all = Files.walk(directory)) {
        all.sorted(Collections.reverseOrder()).forEach(one -> one.toFile().delete());
      }
    }
  }

  /** Runs from a few doors, with gaps about as long as a silence. */
  private List<Fix> fixes() {
    var fixes = new ArrayList<Fix>();
    long tMs = BEGIN_MS - random.nextInt(24 * 60) * MINUTE_MS;
    int count = 1 + random.nextInt(4);
    for (int run = 0; run < count; run++) {
      double northM = random.nextInt(3) * 3_000 + random.nextGaussian(0, 10);
      double eastM = random.nextGaussian(0, 10);
      for (int i = 3 + random.nextInt(25); i > 0; i--) {
        fixes.add(Fixes.at(tMs, 52.5 + northM * METRE, 13.4 + eastM * METRE));
        northM += random.nextInt(-150, 400);
        eastM += random.nextInt(-200, 300);
        tMs += (random.nextInt(12) == 0 ? random.nextInt(100, 140) : random.nextInt(8)) * MINUTE_MS;
      }
      tMs += random.nextInt(5 * 60) * MINUTE_MS;
    }
    return fixes;
  }

  private Done play() throws IOException {
    int steps = 0;
    int total = unsent.size();
    MaskWorld world = new MaskWorld(directory, clock);
    try {
      world.mask(200);
      for (; !unsent.isEmpty() && steps < 200; steps++) {
        switch (random.nextInt(12)) {
          case 0 -> {
            world.close();
            world = new MaskWorld(directory, clock);
            restarts++;
          }
          case 1 -> {
            world.mask(MASKS_M[random.nextInt(MASKS_M.length)]);
            masks++;
          }
          case 2 -> {
            clock.forward(Duration.ofMinutes(random.nextInt(3)));
            world.finish();
            ends++;
          }
          case 3 -> world.begin();
          case 4 -> clock.forward(Duration.ofMinutes(random.nextInt(240)));
          default -> send(world);
        }
        Set<Long> shown = world.shown();
        world.checkWhatIsRead(shown, sent.size());
        if (random.nextInt(6) == 0) {
          world.checkWhoFollows(shown);
        }
      }
      world.mask(MASKS_M[1 + random.nextInt(MASKS_M.length - 1)]);
      world.checkWhoFollows(world.shown());
      world.mask(0);
      world.checkWhoFollows(world.shown());
    } finally {
      world.close();
    }
    return new Done(1, steps, total - unsent.size(), restarts, masks, ends);
  }

  /** Hands in some of what the phone has by now: the oldest first, the newest first, or any. */
  private void send(MaskWorld world) {
    List<Fix> there =
        new ArrayList<>(unsent.stream().filter(fix -> fix.tMs() <= clock.millis()).toList());
    if (there.isEmpty()) {
      clock.forward(Duration.ofHours(1));
      return;
    }
    switch (random.nextInt(3)) {
      case 0 -> Collections.reverse(there);
      case 1 -> Collections.shuffle(there, random);
      default -> {}
    }
    List<Fix> some =
        new ArrayList<>(there.subList(0, 1 + random.nextInt(Math.min(12, there.size()))));
    unsent.removeAll(some);
    sent.addAll(some);
    if (random.nextInt(4) == 0) {
      some.add(sent.get(random.nextInt(sent.size())));
    }
    if (random.nextBoolean()) {
      world.append(some);
      return;
    }
    for (Fix fix : some) {
      world.append(List.of(fix));
    }
  }
}
