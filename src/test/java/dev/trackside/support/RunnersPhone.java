package dev.trackside.support;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Geolocation;
import dev.trackside.support.Route.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A phone with the runner's page, which notes every position that the browser gave to the page. */
public final class RunnersPhone implements AutoCloseable {
  /** The members by which a fix is recognised; the rest may differ. */
  public record Taken(long t, double lat, double lon) {}

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int A_SECOND_MS = 1_000;

  /** Notes what a page takes before the page has it. */
  private static final String NOTING =
      """
      const watch = navigator.geolocation.watchPosition;
      navigator.geolocation.watchPosition = function (took, ...others) {
        return watch.call(this, (position) => {
          const { latitude: lat, longitude: lon } = position.coords;
          window.noteFix(JSON.stringify({ t: position.timestamp, lat, lon }));
          took(position);
        }, ...others);
      };
      """;

  private final BrowserContext browser;
  private final int port;
  private final Set<Taken> taken = new LinkedHashSet<>();
  public final Page page;

  public RunnersPhone(Chromium chromium, int port, String locale, int width) {
    this.port = port;
    browser = chromium.somebody(locale, width, 740);
    browser.exposeBinding(
        "noteFix",
        (_, fixes) -> {
          taken.add(MAPPER.readValue(String.valueOf(fixes[0]), Taken.class));
          return null;
        });
    browser.addInitScript(NOTING);
    page = browser.newPage();
  }

  public static RunnersPhone in(Chromium chromium, int port) {
    return new RunnersPhone(chromium, port, "en-GB", 360);
  }

  /** Lets pages see where the phone is. */
  public RunnersPhone at(Place place) {
    browser.grantPermissions(List.of("geolocation"));
    return moveTo(place);
  }

  public RunnersPhone moveTo(Place place) {
    browser.setGeolocation(new Geolocation(place.lat(), place.lon()).setAccuracy(6));
    return this;
  }

  /** Takes a second to get there. */
  public void runTo(Place place) {
    moveTo(place);
    page.waitForTimeout(A_SECOND_MS);
  }

  public RunnersPhone open(String below) {
    page.navigate("http://127.0.0.1:" + port + "/run" + below);
    awaitPage();
    return this;
  }

  public void reload() {
    page.reload();
    awaitPage();
  }

  private void awaitPage() {
    page.waitForFunction("() => window.trackside && !document.querySelector('main').hidden");
  }

  /** Opens the page and starts a run. */
  public RunnersPhone start(String name) {
    open("");
    page.fill("#called", name);
    page.click("#start");
    awaitHeard();
    return this;
  }

  /** Waits until the page is kept for where there is no network. */
  public void awaitKept() {
    page.evaluate("navigator.serviceWorker.ready");
    page.waitForFunction("() => navigator.serviceWorker.controller");
  }

  public void awaitHeard() {
    awaitState("We heard you");
  }

  /** Waits until these words are visible; those of an earlier run may stand there unseen. */
  public void awaitState(String words) {
    page.waitForFunction(
        """
        words => {
          const state = document.querySelector("#state");
          return state.checkVisibility() && state.textContent.includes(words);
        }
        """,
        words);
  }

  public void awaitTrouble(String words) {
    page.waitForFunction(
        "words => document.querySelector('#trouble').textContent.includes(words)", words);
  }

  public void awaitAllSent() {
    page.waitForFunction("() => trackside.waiting() === 0");
  }

  public int waiting() {
    return ((Number) page.evaluate("trackside.waiting()")).intValue();
  }

  /** Every fix that the page has taken, each once. */
  public Set<Taken> taken() {
    return taken;
  }

  /** The run as the browser keeps it. */
  public ObjectNode run() {
    return (ObjectNode) MAPPER.readTree((String) page.evaluate("JSON.stringify(trackside.run())"));
  }

  /** The first message of somebody who follows the runner. */
  public String toFollow() {
    ObjectNode run = run();
    return "{\"id\":\"%s\",\"key\":\"%s\"}"
        .formatted(run.path("id").asString(), run.path("key").asString());
  }

  public String text(String selector) {
    return page.textContent(selector);
  }

  @Override
  public void close() {
    browser.close();
  }
}
