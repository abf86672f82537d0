package dev.trackside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.SlowPhone.Painted;
import dev.trackside.SlowPhone.Transfer;
import dev.trackside.api.Calls;
import dev.trackside.proof.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the page of somebody with a marathon behind him costs a phone on 3G.
 *
 * <p>{@code -Dproof.report} is the page that tells how much.
 */
final class BudgetIT {
  private static final int ALL_BYTES = 150_000;
  private static final int TRAIL_BYTES = 50_000;
  private static final int AGAIN_BYTES = 40_000;
  private static final int REQUESTS = 42;
  private static final int FIRST_DOT_MS = 1_000;
  private static final int LOADS = 5;
  private static final int BATCH = 1_000;
  private static final long RUN_MS = 10_800_000;

  private static Running server;
  private static Calls calls;
  private static Chromium chromium;
  private static String address;

  @BeforeAll
  static void hasRunAMarathon() throws Exception {
    server = Running.with();
    calls = new Calls(server.http());
    chromium = new Chromium();
    var anna = new Owner(calls, "anna", ",\"visibility\":\"public\",\"name\":\"Anna\"");
    var run = Singapore.from(System.currentTimeMillis() - RUN_MS);
    for (int i = 0; i < run.size(); i += BATCH) {
      var batch = run.subList(i, Math.min(run.size(), i + BATCH));
      String body = batch.stream().map(Singapore.Moment::json).collect(Collectors.joining());
      assertThat(anna.publish(body).json().path("accepted").asInt()).isEqualTo(batch.size());
    }
    address = server.http() + "r/anna";
  }

  @AfterAll
  static void close() throws IOException {
    chromium.close();
    calls.close();
    server.close();
  }

  @Test
  void pageIsSmallAndItsFirstDotIsSoonThere() throws Exception {
    List<Painted> loads = new ArrayList<>();
    long bytes = 0;
    long againBytes = 0;
    List<Transfer> first = List.of();
    List<Transfer> again = List.of();
    for (int i = 0; i < LOADS; i++) {
      try (var phone = new SlowPhone(chromium)) {
        loads.add(phone.open(address));
        bytes = Math.max(bytes, phone.bytes());
        first = phone.transfers();
        if (i == LOADS - 1) {
          phone.open(address);
          againBytes = phone.bytes();
          again = phone.transfers();
        }
      }
    }
    long whole = calls.get("/api/runners/anna/trail").bytes().length;
    long zipped = calls.get("/api/runners/anna/trail", "Accept-Encoding", "gzip").bytes().length;
    Painted best = loads.stream().min(Comparator.comparingLong(Painted::firstMs)).orElseThrow();
    System.out.println(loads + "\n" + first + "\nagain " + again);
    String words = words(loads, first, again, new long[] {bytes, againBytes, whole, zipped});
    System.out.println(words);
    String report = System.getProperty("proof.report", "");
    if (!report.isEmpty()) {
      Report.write(report, words);
    }
    assertThat(bytes).isLessThan(ALL_BYTES);
    assertThat(whole).isLessThan(TRAIL_BYTES);
    assertThat(first).hasSizeLessThanOrEqualTo(REQUESTS);
    assertThat(againBytes).isLessThan(AGAIN_BYTES);
    assertThat(again.stream().filter(one -> one.path().startsWith("/assets/")))
        .allMatch(one -> one.bytes() == 0);
    assertThat(calls.get("/r/anna").text()).contains("<svg id=\"first\"");
    assertThat(best.firstMs()).isLessThan(FIRST_DOT_MS);
  }

  private static String words(
      List<Painted> loads, List<Transfer> first, List<Transfer> again, long[] bytes) {
    var rows = new StringBuilder();
    for (Painted load : loads) {
      rows.append("| %,d | %,d | %,d |%n".formatted(load.stylesMs(), load.firstMs(), load.mapMs()));
    }
    String largest =
        first.stream()
            .sorted(Comparator.comparingLong(Transfer::bytes).reversed())
            .limit(8)
            .map(one -> "| `%s` | %,d |%n".formatted(named(one), one.bytes()))
            .collect(Collectors.joining());
    return """
    Chromium %s, 360x740, an empty cache, 40 km in 10,800 positions.

    | | measured | budget |
    |---|---|---|
    | bytes, everything | %,d | %,d |
    | bytes, second visit | %,d | %,d |
    | requests | %d | %d |
    | requests, second visit, not from the cache | %d | |
    | trail as JSON, bytes | %,d | %,d |
    | trail with gzip, bytes | %,d | |
    | first dot, best of %d, ms | %,d | %,d |

    | styles there, ms | first dot painted, ms | dot on the map, ms |
    |---|---|---|
    %s
    | the largest | bytes |
    |---|---|
    %s"""
        .formatted(
            chromium.version(),
            bytes[0],
            ALL_BYTES,
            bytes[1],
            AGAIN_BYTES,
            first.size(),
            REQUESTS,
            again.stream().filter(one -> one.bytes() > 0).count(),
            bytes[2],
            TRAIL_BYTES,
            bytes[3],
            LOADS,
            loads.stream().mapToLong(Painted::firstMs).min().orElseThrow(),
            FIRST_DOT_MS,
            rows,
            largest);
  }

  private static String named(Transfer one) {
    return one.path().replaceFirst("/assets/[^/]+/", "");
  }
}
