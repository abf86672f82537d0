package dev.trackside;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A browser that is as slow as a phone on 3G, and counts what it is sent: 1.6 Mbit/s down, 750
 * kbit/s up, 300 ms until the answer to a request begins, and a quarter of the processor.
 */
final class SlowPhone implements AutoCloseable {
  private static final int DOWN_BYTES_PER_S = 200_000;
  private static final int UP_BYTES_PER_S = 93_750;
  private static final int LATENCY_MS = 300;
  private static final int TIMES_SLOWER = 4;

  /** What one address cost; 0 bytes where it came from the cache. */
  record Transfer(String path, long bytes) {}

  /** Milliseconds after the page was asked for. */
  record Painted(long firstMs, long stylesMs, long mapMs) {}

  private final BrowserContext browser;
  final Page page;
  private final Map<String, String> asked = new HashMap<>();
  private final List<Transfer> transfers = new ArrayList<>();
  private long pushed;

  SlowPhone(Chromium chromium) {
    browser = chromium.somebody("en-GB", 360, 740);
    page = browser.newPage();
    CDPSession session = browser.newCDPSession(page);
    session.on("Network.requestWillBeSent", this::asks);
    session.on("Network.loadingFinished", this::has);
    session.on("Network.webSocketFrameReceived", this::hears);
    session.send("Network.enable");
    var line = new JsonObject();
    line.addProperty("offline", false);
    line.addProperty("latency", LATENCY_MS);
    line.addProperty("downloadThroughput", DOWN_BYTES_PER_S);
    line.addProperty("uploadThroughput", UP_BYTES_PER_S);
    session.send("Network.emulateNetworkConditions", line);
    var processor = new JsonObject();
    processor.addProperty("rate", TIMES_SLOWER);
    session.send("Emulation.setCPUThrottlingRate", processor);
  }

  private void asks(JsonObject event) {
    String url = event.getAsJsonObject("request").get("url").getAsString();
    asked.put(event.get("requestId").getAsString(), url.replaceFirst("^https?://[^/]+", ""));
  }

  private void has(JsonObject event) {
    String path = asked.get(event.get("requestId").getAsString());
    if (path != null) {
      transfers.add(new Transfer(path, event.get("encodedDataLength").getAsLong()));
    }
  }

  private void hears(JsonObject event) {
    pushed += event.getAsJsonObject("response").get("payloadData").getAsString().length();
  }

  /** Opens a page and waits until all of it is there and the line to the server is open. */
  Painted open(String url) {
    transfers.clear();
    pushed = 0;
    page.navigate(url);
    page.waitForFunction(
        """
        () => performance.getEntriesByName("first-dot-on-map").length > 0
            && performance.getEntriesByName("first-contentful-paint").length > 0
            && trackside.line() === "live"
        """);
    return new Painted(
        moment("performance.getEntriesByName('first-contentful-paint')[0].startTime"),
        moment(
            """
            Math.max(...performance.getEntriesByType("resource")
                .filter(({ name }) => name.endsWith(".css")).map(({ responseEnd }) => responseEnd))
            """),
        moment("performance.getEntriesByName('first-dot-on-map')[0].startTime"));
  }

  private long moment(String script) {
    return Math.round(((Number) page.evaluate(script)).doubleValue());
  }

  /** What came since the page was asked for. */
  List<Transfer> transfers() {
    return List.copyOf(transfers);
  }

  /** Bytes of everything that came, frames of the WebSocket too. */
  long bytes() {
    return pushed + transfers.stream().mapToLong(Transfer::bytes).sum();
  }

  @Override
  public void close() {
    browser.close();
  }
}
