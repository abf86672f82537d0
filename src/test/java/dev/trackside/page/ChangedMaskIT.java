package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Owner;
import dev.trackside.support.Phone.Point;
import dev.trackside.support.Running;
import dev.trackside.support.SpectatorsPage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A page that is open while the runner's mask changes. The run goes 2.4 km north, 10 m a second.
 */
final class ChangedMaskIT {
  private static final double DEGREES_A_METRE = 1 / 111_195.0;
  private static final int FIXES = 241;
  private static final String ADMIN = "the key of the admin";

  /** Lets a test hold back what the page would draw, so that everything that comes is one frame. */
  private static final String HELD_FRAMES =
      """
      const frame = requestAnimationFrame;
      let held = null;
      window.requestAnimationFrame = (draw) => (held ? held.push(draw) : frame(draw));
      window.holdFrames = () => (held ??= []);
      window.drawFrames = () => {
        const all = held;
        held = null;
        all.forEach((draw) => frame(draw));
      };
      """;

  private static Running server;
  private static Calls calls;
  private static Chromium chromium;
  private SpectatorsPage spectator;

  ChangedMaskIT() {}

  @BeforeAll
  static void open() throws Exception {
    server = Running.with("--admin-key=" + ADMIN);
    calls = new Calls(server.http());
    chromium = new Chromium();
  }

  @AfterAll
  static void close() throws IOException {
    chromium.close();
    calls.close();
    server.close();
  }

  @BeforeEach
  void arrive() {
    spectator = SpectatorsPage.in(chromium);
    spectator.page.addInitScript(HELD_FRAMES);
  }

  @AfterEach
  void leave() {
    spectator.close();
  }

  private static Owner hasRun(String id) throws Exception {
    var owner = new Owner(calls, id, ",\"visibility\":\"public\",\"name\":\"Anna\"", ADMIN);
    long beginMs = System.currentTimeMillis() - FIXES * 1000L;
    var body = new StringBuilder();
    for (int i = 0; i < FIXES; i++) {
      body.append(
          "{\"t\":%d,\"lat\":%s,\"lon\":13.4}%n"
              .formatted(beginMs + i * 1000L, 52.5 + 10 * i * DEGREES_A_METRE));
    }
    assertThat(owner.publish(body.toString()).json().path("accepted").asInt()).isEqualTo(FIXES);
    return owner;
  }

  /** Waits until the page shows what everybody may see, and nothing else. */
  private void showsWhatIsShown(Owner owner, int leastHidden, int mostHidden) throws Exception {
    int shown = calls.get(owner.path + "/track?limit=10000").json().path("positions").size();
    assertThat(FIXES - shown).isBetween(leastHidden, mostHidden);
    spectator.page.waitForFunction(
        "length => trackside.trail().length === length && trackside.complete()", shown);
    spectator.awaitTrack(calls, owner.id, "");
  }

  @Test
  void pageDropsWhatIsHiddenAndHasItAgain() throws Exception {
    Owner anna = hasRun("anna");
    spectator.open(server.port(), "/r/anna");
    spectator.awaitFoot("Live over WebSocket");
    showsWhatIsShown(anna, 0, 0);
    String whole = spectator.text("#distance");
    spectator.page.evaluate("holdFrames()");
    anna.change("{\"mask\":200,\"finished\":true}");
    spectator.page.waitForFunction(
        "n => trackside.trail().length < n && trackside.complete()",
        FIXES,
        new Page.WaitForFunctionOptions().setPollingInterval(50)); // frames are held
    spectator.page.evaluate("drawFrames()");
    showsWhatIsShown(anna, 40, 80);
    assertThat(spectator.text("#distance")).isNotEqualTo(whole);
    anna.change("{\"mask\":5000}");
    spectator.page.waitForFunction("() => trackside.trail().length === 0");
    spectator.awaitState("not on the map right now");
    assertThat(spectator.page.evaluate("trackside.shown()")).isNull();
    anna.change("{\"mask\":0}");
    showsWhatIsShown(anna, 0, 0);
    assertThat(spectator.text("#distance")).isEqualTo(whole);
  }

  @Test
  void pageOfARaceDropsTheRunnerWhoIsHidden() throws Exception {
    Owner bib = hasRun("berlin/7");
    spectator.open(server.port(), "/race/berlin");
    spectator.awaitFoot("Live over WebSocket");
    List<Point> stored =
        calls
            .get(bib.path + "/track?limit=10000")
            .json()
            .path("positions")
            .valueStream()
            .map(Point::of)
            .toList();
    awaitDot(stored.getLast());
    bib.change("{\"mask\":5000}");
    spectator.page.waitForFunction("() => trackside.shown('berlin/7') === null");
    bib.change("{\"mask\":0}");
    awaitDot(stored.getLast());
  }

  private void awaitDot(Point place) {
    spectator.page.waitForFunction(
        "lat => Math.abs(trackside.shown('berlin/7')?.lat - lat) < 1e-6", place.lat());
  }
}
