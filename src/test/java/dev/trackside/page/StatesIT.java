package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Owner;
import dev.trackside.support.Phone.Point;
import dev.trackside.support.Route;
import dev.trackside.support.Route.Place;
import dev.trackside.support.Running;
import dev.trackside.support.SpectatorsPage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every state of a runner, as followers read it; the trail is always the stored track. */
final class StatesIT {
  private static Running server;
  private static Calls calls;
  private static Chromium chromium;

  private final Iterator<Place> route = Route.bedford();
  private SpectatorsPage spectator;

  StatesIT() throws IOException {}

  @BeforeAll
  static void open() throws Exception {
    server = Running.with();
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
  }

  @AfterEach
  void leave() {
    spectator.close();
  }

  private Owner runner(String id) throws Exception {
    return new Owner(calls, id, ",\"visibility\":\"public\",\"name\":\"Anna\"");
  }

  /**
   * A run of so many seconds that ended some time ago, a fix a second; gives the moment of its
   * start.
   */
  private long hasRun(Owner owner, int seconds, long agoMs, String more) throws Exception {
    long endMs = System.currentTimeMillis() - agoMs;
    var body = new StringBuilder();
    for (int i = seconds; i >= 0; i--) {
      Place place = route.next();
      body.append(position(endMs - i * 1000L, place, more)).append('\n');
    }
    assertThat(owner.publish(body.toString()).json().path("accepted").asInt())
        .isEqualTo(seconds + 1);
    return endMs - seconds * 1000L;
  }

  private static String position(long tMs, Place place, String more) {
    return "{\"t\":%d,\"lat\":%s,\"lon\":%s%s}".formatted(tMs, place.lat(), place.lon(), more);
  }

  private void showsTheTrackOf(Owner owner) throws Exception {
    spectator.awaitTrack(calls, owner.id, owner.key);
  }

  private void open(Owner owner) {
    spectator.open(server.port(), "/r/" + owner.id);
  }

  /**
   * The page follows them, not only shows how they were when it was made, before anything changes.
   */
  private long reportsToAnOpenPage(Owner owner) throws Exception {
    open(owner);
    spectator.awaitFoot("Live over WebSocket");
    return reports(owner);
  }

  private long reports(Owner owner) throws Exception {
    long nowMs = System.currentTimeMillis();
    owner.publish(position(nowMs, route.next(), ""));
    spectator.awaitState("live,");
    return nowMs;
  }

  private static String time(long startMs, long endMs) {
    long seconds = Math.round((endMs - startMs) / 1000.0);
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }

  @Test
  void runnerWhoReportsIsLive() throws Exception {
    Owner anna = runner("live-anna");
    long startMs = hasRun(anna, 120, 0, ",\"acc\":6,\"alt\":31");
    long endMs = reportsToAnOpenPage(anna);
    assertThat(spectator.text("#detail")).matches("\\d+ s ago");
    assertThat(spectator.text("#name")).isEqualTo("Anna");
    assertThat(spectator.text("#distance")).matches("0\\.\\d\\d km");
    assertThat(spectator.text("#pace")).matches("\\d+:\\d\\d /km");
    assertThat(spectator.text("#time")).isEqualTo(time(startMs, endMs));
    assertThat(spectator.page.getAttribute("#shape", "class")).isEqualTo("shape live");
    showsTheTrackOf(anna);
  }

  @Test
  void runnerWhoseNewestFixIsOldIsDelayed() throws Exception {
    Owner anna = runner("delayed-anna");
    hasRun(anna, 60, 40_000, "");
    open(anna);
    spectator.awaitState("delayed,");
    assertThat(spectator.text("#detail")).matches("[45]\\d s");
    assertThat(spectator.text("#pace")).isEqualTo("–");
    showsTheTrackOf(anna);
  }

  @Test
  void silentRunnerHasTheLastBatteryAndSomeComfort() throws Exception {
    try (var hasty = Running.with("--quiet=1");
        var hastyCalls = new Calls(hasty.http())) {
      var anna = new Owner(hastyCalls, "silent-anna", ",\"visibility\":\"public\"");
      hasRun(anna, 60, 0, ",\"battery\":18");
      spectator.open(hasty.port(), "/r/" + anna.id);
      spectator.awaitState("no signal since ");
      assertThat(spectator.text("#state")).matches("no signal since \\d\\d:\\d\\d");
      assertThat(spectator.text("#more")).contains("Battery was at 18%", "No news is usually good");
      assertThat(spectator.page.getAttribute("#shape", "class")).isEqualTo("shape silent");
      spectator.awaitTrack(hastyCalls, anna.id, anna.key);
    }
  }

  @Test
  void backlogCatchesUpWithoutTheDotGoingBack() throws Exception {
    Owner anna = runner("catching-anna");
    long nowMs = System.currentTimeMillis();
    hasRun(anna, 30, 60_000, "");
    Place hole = route.next();
    Place newest = route.next();
    open(anna);
    spectator.page.waitForFunction("() => trackside.trail().length === 31");
    anna.publish(position(nowMs, newest, ",\"queue\":84"));
    spectator.awaitState("catching up: 84 points behind, now at ");
    anna.publish(position(nowMs - 20_000, hole, ",\"queue\":83"));
    spectator.page.waitForFunction("() => trackside.trail().length === 33");
    assertThat(spectator.trail().getLast().lat()).isEqualTo(newest.lat());
    showsTheTrackOf(anna);
    anna.publish(position(nowMs + 1000, route.next(), ",\"queue\":0"));
    spectator.awaitState("live,");
    showsTheTrackOf(anna);
  }

  @Test
  void runnerWhoDoesNotMoveStandsStill() throws Exception {
    Owner anna = runner("standing-anna");
    hasRun(anna, 8, 240_000, "");
    Place place = route.next();
    var body = new StringBuilder();
    long nowMs = System.currentTimeMillis();
    for (long agoMs = 239_000; agoMs >= 0; agoMs -= 1000) {
      body.append(position(nowMs - agoMs, place, "")).append('\n');
    }
    anna.publish(body.toString());
    open(anna);
    spectator.awaitState("standing still for ");
    assertThat(spectator.text("#detail")).matches("for [34] min");
    assertThat(spectator.page.getAttribute("#shape", "class")).isEqualTo("shape stopped");
    showsTheTrackOf(anna);
  }

  @Test
  void runnerAsksForHelpAndIsWellAgain() throws Exception {
    Owner anna = runner("sos-anna");
    hasRun(anna, 30, 0, "");
    reportsToAnOpenPage(anna);
    anna.change("{\"sos\":true}");
    spectator.awaitState("asked for help at ");
    assertThat(spectator.page.getAttribute("#shape", "class")).isEqualTo("shape sos");
    spectator.page.waitForFunction(
        "() => document.querySelector('#said').textContent.includes('asked for help')");
    anna.change("{\"sos\":false}");
    reports(anna);
    showsTheTrackOf(anna);
  }

  @Test
  void finishedRunnerHasATime() throws Exception {
    Owner anna = runner("finished-anna");
    long startMs = hasRun(anna, 100, 0, "");
    long endMs = reportsToAnOpenPage(anna);
    anna.change("{\"finished\":true}");
    spectator.awaitState("finished " + time(startMs, endMs));
    assertThat(spectator.page.getAttribute("#shape", "class")).isEqualTo("shape finished");
    showsTheTrackOf(anna);
  }

  @Test
  void erasedRunnerIsNotShown() throws Exception {
    Owner anna = runner("erased-anna");
    hasRun(anna, 10, 0, "");
    reportsToAnOpenPage(anna);
    anna.call("DELETE", "");
    spectator.awaitState("This run was erased.");
    assertThat(spectator.trail()).isEmpty();
    assertThat(spectator.page.evaluate("trackside.shown()")).isNull();
  }

  @Test
  void nobodyIsThereUntilTheRunStarts() throws Exception {
    spectator.open(server.port(), "/r/nobody-yet");
    spectator.awaitState("Nobody has run as nobody-yet yet.");
    spectator.awaitFoot("Live over WebSocket");
    Place start = route.next();
    calls.post(
        "/api/runners/nobody-yet/positions", position(System.currentTimeMillis(), start, ""));
    spectator.awaitState("live,");
    spectator.awaitTrack(calls, "nobody-yet", "");
  }

  @Test
  void trailIsLoadedThoughItWasAskedForBeforeTheFirstPosition() throws Exception {
    var held = new ArrayList<com.microsoft.playwright.Route>();
    spectator.page.route(
        "**/api/runners/nobody-so-far/trail",
        call -> {
          if (held.isEmpty()) {
            held.add(call);
          } else {
            call.resume();
          }
        });
    spectator.open(server.port(), "/r/nobody-so-far");
    spectator.page.waitForCondition(() -> !held.isEmpty());
    calls.post(
        "/api/runners/nobody-so-far/positions",
        position(System.currentTimeMillis(), route.next(), ""));
    spectator.page.waitForFunction("() => trackside.trail().length === 1");
    held.getFirst()
        .fulfill(new com.microsoft.playwright.Route.FulfillOptions().setStatus(404).setBody("{}"));
    spectator.awaitTrack(calls, "nobody-so-far", "");
  }

  @Test
  void whoNeedsALinkIsToldSo() throws Exception {
    new Owner(calls, "private-anna", "");
    spectator.open(server.port(), "/r/private-anna");
    spectator.awaitFoot("You need a link to see this runner. Ask them for one.");
  }

  @Test
  void newestLinkShowsAndAnEndedOneSaysSo() throws Exception {
    var anna = new Owner(calls, "linked-anna", ",\"name\":\"Anna\"");
    hasRun(anna, 10, 0, "");
    var link = anna.link("{}").json();
    spectator.open(server.port(), URI.create(link.path("url").asString()).getPath());
    spectator.awaitFoot("Live over WebSocket");
    reports(anna);
    showsTheTrackOf(anna);
    List<Point> before = spectator.trail();
    anna.call("DELETE", "/links/" + link.path("id").asString());
    spectator.awaitFoot("This link has ended. Ask Anna for a new one.");
    anna.publish(position(System.currentTimeMillis(), route.next(), ""));
    assertThat(spectator.trail()).isEqualTo(before);
  }

  @Test
  void clockOfThePhoneMayBeAnHourWrong() throws Exception {
    for (int hours : new int[] {1, -1}) {
      var anna = runner("clock" + hours);
      hasRun(anna, 30, 0, "");
      try (var wrong = SpectatorsPage.in(chromium)) {
        wrong.page.addInitScript(
            """
              const right = Date.now;
              Date.now = () => right() + %d * 3600_000;
              """
                .formatted(hours));
        wrong.open(server.port(), "/r/" + anna.id);
        wrong.awaitFoot("Live over WebSocket");
        anna.publish(position(System.currentTimeMillis(), route.next(), ""));
        wrong.awaitState("live,");
        assertThat(wrong.text("#detail")).matches("[0-9] s ago");
        wrong.awaitTrack(calls, anna.id, anna.key);
      }
    }
  }
}
