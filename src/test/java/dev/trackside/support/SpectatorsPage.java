package dev.trackside.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.trackside.support.Phone.Point;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A page that somebody follows on, what it shows, and whether that is what the server has. */
public final class SpectatorsPage implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  public final BrowserContext browser;
  public final Page page;
  public final List<String> complaints = new ArrayList<>();

  public SpectatorsPage(BrowserContext browser) {
    this.browser = browser;
    page = browser.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Policy")) {
            complaints.add(message.text());
          }
        });
  }

  public static SpectatorsPage in(Chromium chromium) {
    return new SpectatorsPage(chromium.somebody("en-GB", 360, 740));
  }

  public SpectatorsPage open(int port, String path) {
    page.navigate("http://127.0.0.1:" + port + path);
    page.waitForFunction("() => window.trackside");
    return this;
  }

  /** Waits until an element says this, among other things. */
  public void await(String selector, String words) {
    page.waitForFunction(
        """
        ([selector, words]) =>
            document.querySelector(selector).innerText.replaceAll("\\u00a0", " ").includes(words)
        """,
        List.of(selector, words));
  }

  public void awaitState(String words) {
    await(".state", words);
  }

  public void awaitFoot(String words) {
    await("#foot", words);
  }

  public String text(String selector) {
    return page.innerText(selector).replace('\u00a0', ' ');
  }

  public List<Point> trail() {
    return points(String.valueOf(page.evaluate("JSON.stringify(trackside.trail())")));
  }

  private static List<Point> points(String json) {
    return MAPPER.readTree(json).valueStream().map(Point::of).toList();
  }

  /** Waits until the page shows the track as it is stored, point by point. */
  public void awaitTrack(Calls calls, String id, String key) throws Exception {
    String path =
        "/api/" + (id.contains("/") ? "races/" + id.replace("/", "/runners/") : "runners/" + id);
    List<Point> stored =
        calls
            .get(path + "/track", Owner.bearer(key))
            .json()
            .path("positions")
            .valueStream()
            .map(Point::of)
            .toList();
    assertThat(stored).isNotEmpty();
    page.waitForFunction(
        "length => trackside.trail().length >= length && trackside.complete()", stored.size());
    assertThat(trail()).isEqualTo(stored);
    awaitDotAt(stored.getLast());
    assertThat(complaints).isEmpty();
  }

  /** Waits until the dot has glided to where the runner is. */
  void awaitDotAt(Point point) {
    page.waitForFunction(
        "([lat, lon]) => trackside.shown()?.lat === lat && trackside.shown().lon === lon",
        List.of(point.lat(), point.lon()));
  }

  @Override
  public void close() {
    browser.close();
  }
}
