package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Owner;
import dev.trackside.support.Route;
import dev.trackside.support.Route.Place;
import dev.trackside.support.Running;
import dev.trackside.support.SpectatorsPage;
import java.io.IOException;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runners whom a reader remembers and may no longer see, or who are erased as the reader looks. */
final class DeadLinksIT {
  private static final String NO_SOCKETS =
      """
      window.WebSocket = class {
        constructor() { setTimeout(() => this.onclose?.({ code: 1006 })); }
        close() {}
      };
      """;

  /** Long enough for a page to ask who is live. */
  private static final int REFRESHED_MS = 20_000;

  private final Iterator<Place> route = Route.bedford();
  private Running server;
  private Calls calls;
  private Chromium chromium;
  private SpectatorsPage spectator;

  DeadLinksIT() throws IOException {}

  @BeforeEach
  void open() throws Exception {
    server = Running.with();
    calls = new Calls(server.http());
    chromium = new Chromium();
    spectator = SpectatorsPage.in(chromium);
  }

  @AfterEach
  void close() throws IOException {
    spectator.close();
    chromium.close();
    calls.close();
    server.close();
  }

  private void run(Owner owner, int seconds) throws Exception {
    long endMs = System.currentTimeMillis();
    var body = new StringBuilder();
    for (int i = seconds; i >= 0; i--) {
      Place place = route.next();
      body.append(
          "{\"t\":%d,\"lat\":%s,\"lon\":%s}\n"
              .formatted(endMs - i * 1000L, place.lat(), place.lon()));
    }
    assertThat(owner.publish(body.toString()).status()).isLessThan(300);
  }

  /** The reader remembers a private runner, with a key that no longer shows them. */
  private void remembersSomebodyInVain() throws Exception {
    run(new Owner(calls, "bea", ",\"visibility\":\"link\""), 5);
    spectator.page.clock().install();
    spectator.page.addInitScript(
        "localStorage.setItem('trackside.mine', '[{\"id\":\"bea\",\"key\":\"AAAAAAAAAAAAAAAAAAAAAA\"}]');");
  }

  private void hearsOfWhoComes() throws Exception {
    run(new Owner(calls, "anna", ",\"visibility\":\"public\""), 5);
    spectator.page.clock().runFor(REFRESHED_MS);
    spectator.page.waitForFunction(
        "() => trackside.runners().some(({ id, newest }) => id === 'anna' && newest)");
    assertThat(spectator.text("#foot")).doesNotContain("ended").doesNotContain("key");
  }

  @Test
  void deadLinkIsNotTheEndOfAPageWhereNobodyIsLive() throws Exception {
    remembersSomebodyInVain();
    spectator.open(server.port(), "/");
    spectator.awaitFoot("Live over WebSocket");
    hearsOfWhoComes();
  }

  @Test
  void deadLinkIsNotTheEndOfAPageThatAsks() throws Exception {
    remembersSomebodyInVain();
    spectator.page.addInitScript(NO_SOCKETS);
    spectator.open(server.port(), "/");
    spectator.page.waitForFunction("() => trackside.line() === 'asking'");
    hearsOfWhoComes();
  }

  @Test
  void replayEndsWhenItsRunnerIsErased() throws Exception {
    var anna = new Owner(calls, "anna", ",\"visibility\":\"public\"");
    run(anna, 120);
    spectator.open(server.port(), "/r/anna");
    spectator.page.waitForFunction("() => trackside.complete()");
    spectator.page.press("body", "r");
    spectator.page.selectOption("#speed", "1");
    spectator.page.click("#play");
    spectator.page.waitForFunction("() => !document.getElementById('back').hidden");
    assertThat(anna.call("DELETE", "").status()).isEqualTo(204);
    spectator.page.waitForFunction("() => document.getElementById('replaying').hidden");
    spectator.page.waitForFunction("() => document.getElementById('back').hidden");
    assertThat(spectator.complaints).isEmpty();
  }
}
