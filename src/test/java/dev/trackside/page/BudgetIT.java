package dev.trackside.page;

import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Owner;
import dev.trackside.support.Report;
import dev.trackside.support.Running;
import dev.trackside.support.Singapore;
import dev.trackside.support.Singapore.Moment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What the page of somebody who has run a marathon costs on a bad phone.
 *
 * <p>{@code -Dbudget.visits} is how often it is opened, {@code -Dproof.report} the page that tells
 * the result.
 */
@Timeout(240)
@Isolated
final class BudgetIT {
  private static final int VISITS = Integer.getInteger("budget.visits", 3);
  private static final int MOST_BYTES = 150_000;
  private static final int MOST_TRAIL_BYTES = 50_000;
  private static final int MOST_REQUESTS = 40;
  private static final int MOST_AGAIN_BYTES = 30_000;
  private static final double FIRST_DOT_MS = 1_000;

  private static Running server;
  private static Calls calls;
  private static Chromium chromium;

  /** Notes when the first frame with a visible dot has been drawn. */
  private static final String NOTING =
      """
      const look = () => {
        const dot = document.querySelector("#first circle")?.getBoundingClientRect();
        if (dot?.height > 0 && dot.bottom < innerHeight) {
          requestAnimationFrame(() => performance.mark("first-dot"));
        } else {
          requestAnimationFrame(look);
        }
      };
      look();
      """;

  /**
   * One visit.
   *
   * @param painted when the first dot was painted, ms
   * @param mapped when it was on the map, ms
   */
  private record PageVisit(long bytes, int requests, double painted, double mapped) {}

  @BeforeAll
  static void open() throws Exception {
    server = Running.with();
    calls = new Calls(server.http());
    chromium = new Chromium();
    var anna = new Owner(calls, "anna", ",\"visibility\":\"public\",\"name\":\"Anna\"");
    List<Moment> run = Singapore.from(System.currentTimeMillis() - 10_800_000);
    for (int from = 0; from < run.size(); from += 5_400) {
      String part =
          run.subList(from, from + 5_400).stream().map(Moment::json).collect(Collectors.joining());
      assertThat(anna.publish(part).json().path("accepted").asInt()).isEqualTo(5_400);
    }
  }

  @AfterAll
  static void close() throws IOException {
    chromium.close();
    calls.close();
    server.close();
  }

  private static CDPSession onABadPhone(Page page) {
    CDPSession phone = page.context().newCDPSession(page);
    phone.send("Network.enable");
    var network = new JsonObject();
    network.addProperty("offline", false);
    network.addProperty("latency", 300);
    network.addProperty("downloadThroughput", 1_600_000 / 8);
    network.addProperty("uploadThroughput", 750_000 / 8);
    phone.send("Network.emulateNetworkConditions", network);
    var processor = new JsonObject();
    processor.addProperty("rate", 4);
    phone.send("Emulation.setCPUThrottlingRate", processor);
    return phone;
  }

  private static PageVisit visit(BrowserContext browser) {
    try (Page page = browser.newPage()) {
      CDPSession phone = onABadPhone(page);
      var sizes = new ArrayList<Long>();
      phone.on(
          "Network.loadingFinished",
          event -> sizes.add(event.get("encodedDataLength").getAsLong()));
      page.addInitScript(NOTING);
      page.navigate(server.http() + "r/anna");
      page.waitForFunction("() => window.trackside?.shown()");
      page.waitForFunction("() => performance.getEntriesByName('first-dot-on-map').length > 0");
      page.waitForFunction("() => trackside.line() === 'live'");
      return new PageVisit(
          sizes.stream().mapToLong(Long::longValue).sum(),
          sizes.size(),
          at(page, "first-dot"),
          at(page, "first-dot-on-map"));
    }
  }

  private static double at(Page page, String name) {
    Object ms = page.evaluate("name => performance.getEntriesByName(name)[0].startTime", name);
    return ((Number) ms).doubleValue();
  }

  @Test
  void firstVisitsAreQuickAndSecondOnesSmall() throws Exception {
    var visits = new ArrayList<PageVisit>();
    long again = 0;
    for (int i = 0; i < VISITS; i++) {
      try (BrowserContext browser = chromium.somebody("en-GB", 360, 740)) {
        visits.add(visit(browser));
        again = visit(browser).bytes;
      }
    }
    PageVisit quickest = visits.stream().min(comparingDouble(PageVisit::painted)).orElseThrow();
    PageVisit median =
        visits.stream().sorted(comparingDouble(PageVisit::painted)).toList().get(VISITS / 2);
    int trail = calls.get("/api/runners/anna/trail", "Accept-Encoding", "gzip").bytes().length;
    int plain = calls.get("/api/runners/anna/trail").bytes().length;
    String result =
        """
        | | measured | budget |
        |---|---|---|
        | first visit, everything before tiles | %,d bytes | %,d |
        | requests of it | %d | %d |
        | second visit | %,d bytes | %,d |
        | the trail of a marathon, 10,800 fixes | %,d bytes, %,d compressed | %,d |
        | first dot painted, of %d visits | %.0f ms in the middle, %.0f at best | %.0f |
        | first dot on the map that can be moved | %.0f ms in the middle | – |
        """
            .formatted(
                quickest.bytes,
                MOST_BYTES,
                quickest.requests,
                MOST_REQUESTS,
                again,
                MOST_AGAIN_BYTES,
                plain,
                trail,
                MOST_TRAIL_BYTES,
                VISITS,
                median.painted,
                quickest.painted,
                FIRST_DOT_MS,
                median.mapped);
    System.out.println(result);
    if (System.getProperty("proof.report") != null) {
      Report.write(System.getProperty("proof.report"), result);
    }
    assertThat(quickest.bytes).isBetween(20_000L, (long) MOST_BYTES);
    assertThat(quickest.requests).isLessThanOrEqualTo(MOST_REQUESTS);
    assertThat(again).isLessThanOrEqualTo(MOST_AGAIN_BYTES);
    assertThat(plain).isLessThan(MOST_TRAIL_BYTES);
    assertThat(quickest.painted).isLessThan(FIRST_DOT_MS);
  }
}
