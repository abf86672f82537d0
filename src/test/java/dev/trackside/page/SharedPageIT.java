package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Pages that a follow link opens, in a browser. */
final class SharedPageIT {
  private static final String NASTY = "<img src=x onerror=document.title='pwned'>";

  @TempDir private Path data;
  private Running server;
  private Calls calls;
  private Chromium chromium;

  @BeforeEach
  void open() throws Exception {
    server = Running.in(data);
    calls = new Calls(server.http());
    chromium = new Chromium();
  }

  @AfterEach
  void close() throws IOException {
    chromium.close();
    calls.close();
    server.close();
  }

  private static String position(double lat) {
    return "{\"t\":%d,\"lat\":%s,\"lon\":13.4}".formatted(System.currentTimeMillis(), lat);
  }

  @Test
  void linkShowsTheRunnerUntilItIsRevoked() throws Exception {
    var anna = new Owner(calls, "anna", ",\"name\":\"" + NASTY + "\"");
    anna.publish(position(52.5));
    JsonNode link = anna.link("{}").json();
    Page page = chromium.page(link.path("url").asString(), 360, 740);
    page.waitForFunction("() => trackside.trail().length === 1");
    anna.publish(position(52.501));
    page.waitForFunction("() => trackside.trail().length === 2");
    assertThat(page.textContent("#name")).isEqualTo(NASTY);
    assertThat(page.title()).startsWith(NASTY);
    assertThat(page.querySelectorAll("img[src=x]")).isEmpty();
    anna.call("DELETE", "/links/" + link.path("id").asString());
    page.waitForFunction(
        "() => document.querySelector('#foot').textContent.startsWith('This link has ended. Ask ')");
    anna.publish(position(52.502));
    page.reload();
    assertThat(page.textContent("main")).contains("This link has ended. Ask " + NASTY);
    page.close();
  }

  @Test
  void keyBehindTheHashOpensAPrivatePage() throws Exception {
    var anna = new Owner(calls, "anna", "");
    anna.publish(position(52.5));
    Page stranger = chromium.page(server.http() + "r/anna", 360, 740);
    stranger.waitForFunction(
        "() => document.querySelector('#foot').textContent.includes('You need a link')");
    Page page = chromium.page(server.http() + "r/anna#" + anna.key, 360, 740);
    page.waitForFunction("() => trackside.trail().length === 1");
    anna.change("{\"finished\":true}");
    page.waitForFunction("() => document.querySelector('#state').textContent === 'finished'");
  }

  @Test
  void whoAsksForHelpIsShownToWhoFollows() throws Exception {
    var anna = new Owner(calls, "anna", ",\"visibility\":\"public\"");
    anna.publish(position(52.5));
    Page page = chromium.page(server.http() + "r/anna", 360, 740);
    Page first = chromium.page(server.http().toString(), 360, 740);
    page.waitForFunction("() => trackside.trail().length === 1");
    first.waitForFunction("() => trackside.runners().length === 1");
    calls.post("/phone/" + anna.key, "id=7&alarm=sos");
    page.waitForFunction(
        "() => /^asked for help at \\d\\d:\\d\\d$/.test(document.querySelector('#state').textContent)");
    first.waitForFunction(
        "() => document.querySelector('.how').textContent.startsWith('asked for help at')");
    anna.change("{\"sos\":false}");
    page.waitForFunction("() => document.querySelector('#state').textContent === 'live,'");
  }

  @Test
  void raceLinkShowsEverybodyInTheRace() throws Exception {
    String admin = Files.readString(data.resolve("admin-key")).strip();
    for (String bib : new String[] {"7", "8"}) {
      new Owner(calls, "berlin/" + bib, "", admin).publish(position(52.5));
    }
    JsonNode link = calls.post("/api/races/berlin/links", "{}", Owner.bearer(admin)).json();
    Page page = chromium.page(link.path("url").asString(), 360, 740);
    page.waitForFunction("() => document.querySelectorAll('#rows tr').length === 2");
    page.click("#rows .name");
    page.waitForFunction("() => document.querySelector('#name').textContent === 'berlin/7'");
    page.waitForFunction("() => trackside.trail().length === 1 && trackside.complete()");
    page.click("#everyone");
    page.waitForFunction("() => document.querySelector('#name').textContent === 'berlin'");
  }
}
