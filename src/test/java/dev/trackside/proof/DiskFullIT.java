package dev.trackside.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Launched;
import dev.trackside.support.RawLine;
import dev.trackside.support.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose disk is full now and then, under load. */
class DiskFullIT {
  private static final int CYCLES = Integer.getInteger("disk.cycles", 2);
  private static final long SEED = Long.getLong("disk.seed", System.nanoTime());
  private static final int MIB = 24 + 6 * CYCLES;
  private static final int EACH_BEAT = 2;
  private static final long LEFT_BYTES = 512 * 1024;
  private static final Duration WHILE_FULL = Duration.ofSeconds(8);
  private static final int MOST_SPANS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Cycle> cycles = new ArrayList<>();

  /** What was seen while the disk was full, and after. */
  private record Cycle(
      boolean killed,
      String sentence,
      int acknowledgedMeanwhile,
      Duration cpu,
      Duration untilAcknowledged) {}

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void nothingAcknowledgedIsLostAndAllGoesOnAsSoonAsThereIsRoom() throws Exception {
    var random = new Random(SEED);
    try (var disk = new TinyDisk(MIB);
        var machine = new Machine(disk.directory().resolve("data"));
        var crowd = new Everybody(machine, random)) {
      crowd.begin(EACH_BEAT);
      start(machine, crowd);
      for (int cycle = 0; cycle < CYCLES; cycle++) {
        goesOn(crowd, System.nanoTime());
        disk.fill(LEFT_BYTES);
        isFull(disk, machine, crowd, cycle % 2 == 1);
      }
      Stored stored = crowd.settle();
      assertThat(machine.terminate()).isEqualTo(143);
      report(crowd, stored);
    } catch (AssertionError e) {
      throw new AssertionError("with -Ddisk.seed=" + SEED + ": " + e.getMessage(), e);
    }
  }

  private static void start(Machine machine, Everybody crowd) throws IOException {
    crowd.book().newLife();
    machine.boot();
  }

  private void isFull(TinyDisk disk, Machine machine, Everybody crowd, boolean kill)
      throws Exception {
    await().atMost(PATIENCE).until(() -> machine.ask("/ready").statusCode() == 503);
    String sentence = machine.ask("/ready").body();
    assertThat(sentence).contains("" + machine.data()).containsIgnoringCase("full");
    var connections = crowd.watchers().stream().map(Watcher::connections).toList();
    int acknowledged = crowd.book().acknowledgements();
    Duration cpu = rests(machine);
    int meanwhile = crowd.book().acknowledgements() - acknowledged;
    assertThat(crowd.watchers().stream().map(Watcher::connections).toList()).isEqualTo(connections);
    assertThat(crowd.watchers()).allMatch(Watcher::isConnected);
    assertThat(machine.ask("/ready").statusCode()).isEqualTo(503);
    assertThat(machine.ask("/health").statusCode()).isEqualTo(200);
    var turnedAway =
        machine.post(
            "nobody", List.of(new ReportedFix("nobody", System.currentTimeMillis(), 1, 2)));
    assertThat(turnedAway.statusCode()).isEqualTo(503);
    assertThat(turnedAway.headers().firstValue("Retry-After")).isPresent();
    try (var line = new RawLine(machine.port(), "{\"id\":\"anna\",\"trail\":3}")) {
      assertThat(line.next().getFirst().get("type").asString()).isEqualTo("position");
    }
    if (kill) {
      machine.kill();
      cannotStart(disk, machine);
    }
    disk.empty();
    long begun = System.nanoTime();
    if (kill) {
      start(machine, crowd);
    }
    Duration until = goesOn(crowd, begun);
    await().atMost(PATIENCE).until(() -> machine.ask("/ready").statusCode() == 200);
    cycles.add(new Cycle(kill, sentence.strip(), meanwhile, cpu, until));
  }

  /** What a server whose disk is full uses, once it has told what it had stored before. */
  private static Duration rests(Machine machine) throws Exception {
    Duration used = WHILE_FULL;
    for (int span = 0; span < MOST_SPANS && used.compareTo(WHILE_FULL.dividedBy(5)) >= 0; span++) {
      Duration before = machine.server().cpuOfWork();
      machine.server().letRun(WHILE_FULL);
      used = machine.server().cpuOfWork().minus(before);
    }
    assertThat(used).isLessThan(WHILE_FULL.dividedBy(5));
    return used;
  }

  private static void cannotStart(TinyDisk disk, Machine machine) throws Exception {
    disk.fill(0);
    try (var server = Launched.on(machine.data(), machine.port(), Map.of())) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.words()).hasSize(1);
      assertThat(server.words().getFirst()).contains("" + machine.data());
    }
  }

  /** Waits until positions are acknowledged again. */
  private static Duration goesOn(Everybody crowd, long sinceNanos) {
    int before = crowd.book().acknowledgements();
    await().atMost(PATIENCE).until(() -> crowd.book().acknowledgements() > before + 500);
    return Duration.ofNanos(System.nanoTime() - sinceNanos);
  }

  private void report(Everybody crowd, Stored stored) throws IOException {
    var sum = crowd.book().sum(stored);
    var report = new StringBuilder();
    report.append(
        """
        Seed %d, a disk of %d MiB. %d positions were reported, %d acknowledged, %d are stored; %d were shown live and lost
        in a kill, and %d resets followed. HTTP said 503 %d times.

        | the disk was full, and then | acknowledged while it was full | server CPU in %d s at rest, ms | from there being room until 500 more were acknowledged, ms |
        |---|---|---|---|
        """
            .formatted(
                SEED,
                MIB,
                sum.said(),
                sum.acknowledged(),
                stored.all().size(),
                sum.lost(),
                sum.resets(),
                crowd.bulks().stream().mapToLong(Bulk::turnedAway).sum(),
                WHILE_FULL.toSeconds()));
    for (Cycle cycle : cycles) {
      report.append(
          "| %s | %d | %d | %d |\n"
              .formatted(
                  cycle.killed ? "killed, and started again" : "there was room",
                  cycle.acknowledgedMeanwhile,
                  cycle.cpu.toMillis(),
                  cycle.untilAcknowledged.toMillis()));
    }
    String sentence = cycles.getFirst().sentence.replaceFirst("/\\S+", "/data");
    report.append("\n`/ready` said: ").append(sentence).append('\n');
    System.out.println(report);
    String page = System.getProperty("proof.report");
    if (page != null) {
      Report.write(page, report.toString());
    }
  }
}
