package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitUntilState;
import dev.trackside.support.Cable;
import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Gateway;
import dev.trackside.support.Launched;
import dev.trackside.support.Route;
import dev.trackside.support.Route.Place;
import dev.trackside.support.SpectatorsPage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever happens between server and page, the trail is the stored track afterwards. */
@Timeout(90)
final class UnbrokenIT {
  private static final String UPGRADES = "Upgrade: websocket";
  private static final String STREAMS = "/events?";

  @TempDir private static Path data;
  private static final AtomicInteger RUNNERS = new AtomicInteger();

  private static Chromium chromium;
  private static Launched server;
  private static int port;
  private static Calls calls;

  private final Iterator<Place> route = Route.bedford();
  private final String id = "unbroken-" + RUNNERS.incrementAndGet();
  private SpectatorsPage spectator;
  private long tMs = System.currentTimeMillis() - 600_000;

  UnbrokenIT() throws IOException {}

  @BeforeAll
  static void start() throws Exception {
    server = Launched.on(data, 0, Map.of());
    port = server.awaitUp();
    calls = new Calls(URI.create("http://127.0.0.1:" + port));
    chromium = new Chromium();
  }

  @AfterAll
  static void end() {
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

  /** Goes on with the recorded run for so many seconds. */
  private void runs(int seconds) throws Exception {
    var body = new StringBuilder();
    for (int i = 0; i < seconds; i++) {
      Place place = route.next();
      tMs += 1000;
      body.append("{\"t\":%d,\"lat\":%s,\"lon\":%s}\n".formatted(tMs, place.lat(), place.lon()));
    }
    var answer = calls.post("/api/runners/" + id + "/positions", body.toString());
    assertThat(answer.json().path("accepted").asInt()).isEqualTo(seconds);
  }

  private void showsTheTrack() throws Exception {
    spectator.awaitTrack(calls, id, "");
  }

  private void open(int through) {
    spectator.open(through, "/r/" + id);
  }

  @Test
  void serverIsKilledAndStartedAgain() throws Exception {
    runs(20);
    open(port);
    runs(5);
    showsTheTrack();
    server.kill();
    spectator.awaitFoot("Signal lost, trying again");
    spectator.awaitState("last seen");
    server = Launched.on(data, port, Map.of());
    server.awaitUp();
    runs(30);
    spectator.awaitFoot("Live over");
    showsTheTrack();
    runs(5);
    showsTheTrack();
  }

  @Test
  void networkThatBlocksUpgradesLetsServerEventsThrough() throws Exception {
    runs(20);
    spectator.page.clock().install();
    try (var gateway = new Gateway(port, UPGRADES)) {
      open(gateway.port());
      spectator.awaitFoot("Live over server events");
      runs(10);
      showsTheTrack();
      gateway.openUp();
      spectator.page.clock().fastForward(121_000);
      spectator.awaitFoot("Live over WebSocket");
      runs(10);
      showsTheTrack();
    }
    spectator.awaitFoot("Signal lost, trying again");
  }

  @Test
  void networkThatBlocksStreamsTooIsAsked() throws Exception {
    runs(20);
    spectator.page.clock().install();
    try (var gateway = new Gateway(port, UPGRADES, STREAMS)) {
      open(gateway.port());
      spectator.awaitFoot("Checking every 10 s: your network blocks live updates");
      for (int seconds : new int[] {10, 3}) {
        runs(seconds);
        spectator.page.clock().runFor(10_000);
        showsTheTrack();
      }
    }
  }

  @Test
  void twoMinutesOfflineLeaveNoHole() throws Exception {
    runs(20);
    spectator.page.clock().install();
    try (var cable = new Cable(port)) {
      open(cable.port());
      showsTheTrack();
      spectator.browser.setOffline(true);
      cable.cut();
      spectator.awaitFoot("You're offline, last update ");
      for (int minute = 0; minute < 2; minute++) {
        spectator.page.clock().runFor(60_000);
        runs(60);
      }
      spectator.awaitState("last seen");
      cable.mend();
      spectator.browser.setOffline(false);
      showsTheTrack();
      spectator.awaitFoot("Live over WebSocket");
    }
  }

  @Test
  void cutCableLeavesNoHole() throws Exception {
    runs(20);
    try (var cable = new Cable(port)) {
      open(cable.port());
      showsTheTrack();
      cable.cut();
      spectator.awaitFoot("Signal lost, trying again");
      runs(40);
      cable.mend();
      runs(1);
      showsTheTrack();
    }
  }

  @Test
  void twoTabsShowTheSame() throws Exception {
    runs(20);
    open(port);
    try (var other = new SpectatorsPage(spectator.browser)) {
      other.open(port, "/r/" + id);
      runs(10);
      showsTheTrack();
      other.awaitTrack(calls, id, "");
    }
  }

  @Test
  void pageThatComesBackAsItWasGoesOn() throws Exception {
    try (var keeping = Chromium.thatKeepsPages();
        var page = SpectatorsPage.in(keeping)) {
      runs(20);
      page.open(port, "/r/" + id);
      page.awaitTrack(calls, id, "");
      page.page.evaluate("addEventListener('pageshow', (e) => (window.cameBack = e.persisted))");
      page.page.navigate("http://127.0.0.1:" + port + "/health");
      runs(30);
      page.page.goBack(new Page.GoBackOptions().setWaitUntil(WaitUntilState.COMMIT));
      page.page.waitForFunction("() => window.cameBack === true");
      page.awaitTrack(calls, id, "");
      runs(5);
      page.awaitTrack(calls, id, "");
      page.awaitFoot("Live over WebSocket");
    }
  }

  /** What the server leaves out for a slow reader is left out here on the way. */
  @Test
  void whatWasSkippedIsFetched() throws Exception {
    runs(20);
    var leavingOut = new AtomicInteger();
    var since = new AtomicLong();
    spectator.page.routeWebSocket(
        "**/ws",
        socket -> {
          var server = socket.connectToServer();
          server.onMessage(
              frame -> {
                var kept = new ArrayList<JsonNode>();
                for (JsonNode message : messages(frame.text())) {
                  boolean position = message.path("type").asString("").equals("position");
                  if (position && leavingOut.get() > 0) {
                    leavingOut.decrementAndGet();
                  } else if (position && since.get() > 0) {
                    ((ObjectNode) message).put("skipped", 7).put("since", since.getAndSet(0));
                    kept.add(message);
                  } else {
                    kept.add(message);
                  }
                }
                kept.forEach(message -> socket.send(message.toString()));
              });
        });
    open(port);
    showsTheTrack();
    since.set(spectator.trail().getLast().seq());
    leavingOut.set(7);
    runs(8);
    showsTheTrack();
    assertThat(leavingOut).hasValue(0);
  }

  private static List<JsonNode> messages(String frame) {
    JsonNode json = new JsonMapper().readTree(frame);
    return json.isArray() ? json.valueStream().toList() : List.of(json);
  }
}
