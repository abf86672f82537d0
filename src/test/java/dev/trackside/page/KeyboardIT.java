package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import dev.trackside.support.SpectatorsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readers without a mouse, and readers of another language on a small screen. */
final class KeyboardIT {
  private static final int MOST_TABS = 60;

  private static final String FOCUSED =
      """
      () => {
        const { id, className, dataset, textContent, nodeName } = document.activeElement;
        if (nodeName === "BODY") return "";
        const seen = getComputedStyle(document.activeElement);
        const shown = seen.outlineStyle !== "none" && parseFloat(seen.outlineWidth) >= 2;
        return (shown ? "" : "unseen ") + (id || dataset.sort || className || textContent);
      }
      """;

  @TempDir private static Path data;
  private static Running server;
  private static Calls calls;
  private static Chromium chromium;
  private static Owner anna;
  private static double lat = 52.13;
  private SpectatorsPage spectator;
  private Page page;

  @BeforeAll
  static void open() throws Exception {
    server = Running.in(data);
    calls = new Calls(server.http());
    chromium = new Chromium();
    String adminKey = Files.readString(data.resolve("admin-key")).strip();
    String open = ",\"visibility\":\"public\",\"name\":\"";
    anna = new Owner(calls, "anna", open + "Anna\"");
    runs(anna, 3);
    runs(new Owner(calls, "city/1", open + "Ben\"", adminKey), 3);
    runs(new Owner(calls, "city/2", open + "Cleo\"", adminKey), 4);
  }

  @AfterAll
  static void close() throws IOException {
    chromium.close();
    calls.close();
    server.close();
  }

  @BeforeEach
  void arrive() {
    sit(SpectatorsPage.in(chromium));
  }

  private void sit(SpectatorsPage at) {
    spectator = at;
    page = at.page;
    page.setDefaultTimeout(8_000);
  }

  @AfterEach
  void leave() {
    assertThat(spectator.complaints).isEmpty();
    spectator.close();
  }

  /** Runs so many metres a second, for five minutes until now. */
  private static void runs(Owner owner, int metresPerSecond) throws Exception {
    var body = new StringBuilder();
    for (int i = 300; i >= 0; i--) {
      body.append(position(i * 1000L, 52.13 - i * metresPerSecond * 9e-6));
    }
    assertThat(owner.publish(body.toString()).json().path("accepted").asInt()).isEqualTo(301);
  }

  private static String position(long agoMs, double lat) {
    return "{\"t\":%d,\"lat\":%.6f,\"lon\":-0.46}%n"
        .formatted(System.currentTimeMillis() - agoMs, lat);
  }

  private static void runsOn() throws Exception {
    lat += 5e-4;
    anna.publish(position(0, lat));
  }

  /** Opens Anna's page while the run goes on. */
  private void openAnna() throws Exception {
    runsOn();
    open("/r/anna");
    spectator.awaitState("live,");
  }

  private void open(String path) {
    spectator.open(server.port(), path);
  }

  private void openRace() {
    open("/race/city");
    page.waitForFunction("() => document.querySelectorAll('#rows tr').length === 2");
    page.waitForFunction("() => trackside.complete('city/1') !== undefined");
  }

  private String focused() {
    return String.valueOf(page.evaluate(FOCUSED));
  }

  private void press(String key) {
    page.keyboard().press(key);
  }

  private void tabTo(String wanted) {
    for (int i = 0; i < MOST_TABS; i++) {
      press("Tab");
      if (focused().equals(wanted)) {
        return;
      }
    }
    throw new AssertionError(wanted + " cannot be reached by " + MOST_TABS + " tabs");
  }

  private List<String> allByTab() {
    var all = new ArrayList<String>();
    for (int i = 0; i < MOST_TABS; i++) {
      press("Tab");
      String one = focused();
      if (one.isEmpty()) {
        return all;
      }
      all.add(one);
    }
    throw new AssertionError("no end of " + all);
  }

  private String attribute(String selector, String name) {
    return String.valueOf(page.getAttribute(selector, name));
  }

  private List<?> names() {
    return (List<?>)
        page.evaluate(
            "[...document.querySelectorAll('#rows .name')].map((name) => name.textContent)");
  }

  @Test
  void tabReachesEverythingInTheOrderInWhichItStandsThere() {
    openRace();
    assertThat(allByTab())
        .containsExactly(
            "Trackside",
            "map",
            "leaflet-control-zoom-in",
            "leaflet-control-zoom-out",
            "list-tab",
            "hand-tab",
            "replay-tab",
            "name",
            "pace",
            "distance",
            "age",
            "star",
            "name",
            "star",
            "name",
            "added",
            "second",
            "language",
            "units");
  }

  @Test
  void tabReachesNothingThatIsClosed() throws Exception {
    openAnna();
    assertThat(allByTab())
        .containsExactly(
            "Trackside",
            "map",
            "leaflet-control-zoom-in",
            "leaflet-control-zoom-out",
            "list-tab",
            "hand-tab",
            "replay-tab",
            "language",
            "units");
  }

  @Test
  void oneKeyOpensListShareAndReplayButNotWhileSomebodyWrites() throws Exception {
    openAnna();
    for (var one : List.of("l list", "s hand", "r replay")) {
      String panel = one.substring(2);
      press(one.substring(0, 1));
      page.waitForSelector("#" + panel);
      assertThat(focused()).isEqualTo(panel + "-tab");
      assertThat(attribute("#" + panel + "-tab", "aria-expanded")).isEqualTo("true");
      assertThat(page.querySelectorAll(".panels section:not([hidden])")).hasSize(1);
    }
    press("l");
    tabTo("added");
    page.keyboard().type("srl");
    assertThat(page.inputValue("#added")).isEqualTo("srl");
    assertThat(page.isVisible("#list")).isTrue();
    page.fill("#added", "");
    press("Control+s");
    assertThat(page.isVisible("#list")).isTrue();
  }

  @Test
  void enterSortsTheListBothWays() {
    openRace();
    assertThat(attribute("#by-name", "aria-sort")).isEqualTo("ascending");
    assertThat(names()).map(String::valueOf).containsExactly("Ben", "Cleo");
    tabTo("pace");
    press("Enter");
    assertThat(page.getAttribute("#by-name", "aria-sort")).isNull();
    String first = attribute("#by-pace", "aria-sort");
    press("Enter");
    assertThat(List.of(first, attribute("#by-pace", "aria-sort")))
        .containsExactlyInAnyOrder("ascending", "descending");
    tabTo("age");
    press("Enter");
    assertThat(page.getAttribute("#by-pace", "aria-sort")).isNull();
    assertThat(attribute("#by-age", "aria-sort")).isEqualTo("ascending");
  }

  @Test
  void enterChoosesARunnerAndGoesBackToEveryone() {
    openRace();
    tabTo("star");
    press("Tab");
    press("Enter");
    spectator.await("#name", "Ben");
    assertThat(page.evaluate("document.activeElement.id")).isEqualTo("name");
    tabTo("everyone");
    press("Enter");
    spectator.await("#name", "city");
    assertThat(page.isVisible("#everyone")).isFalse();
  }

  @Test
  void starIsKeptOnTheDevice() {
    openRace();
    tabTo("star");
    press("Space");
    page.waitForSelector(".star[aria-pressed=true]");
    assertThat(focused()).isEqualTo("star");
    page.reload();
    page.waitForSelector(".star[aria-pressed=true]");
    assertThat(page.querySelectorAll(".star[aria-pressed=true]")).hasSize(1);
    tabTo("star");
    press("Space");
    page.waitForSelector(".star[aria-pressed=true]", hidden());
  }

  private static Page.WaitForSelectorOptions hidden() {
    return new Page.WaitForSelectorOptions().setState(WaitForSelectorState.HIDDEN);
  }

  @Test
  void arrowsMoveTheReplay() throws Exception {
    openAnna();
    press("r");
    tabTo("moment");
    press("Home");
    String start = attribute("#moment", "aria-valuetext");
    assertThat(start).endsWith("0.00\u00a0km in 0:00");
    press("PageUp");
    press("ArrowRight");
    assertThat(attribute("#moment", "aria-valuetext")).isNotEqualTo(start);
    assertThat(spectator.text("#replay-words"))
        .isEqualTo(attribute("#moment", "aria-valuetext").replace('\u00a0', ' '));
    tabTo("back");
    press("Enter");
    spectator.await("#replay-words", "Move the slider");
  }

  @Test
  void arrowsMoveTheMapAndAButtonGoesBackToFollowing() throws Exception {
    openAnna();
    page.waitForFunction("() => trackside.shown()");
    assertThat(page.isVisible("#centre")).isFalse();
    tabTo("map");
    press("ArrowRight");
    page.waitForSelector("#centre");
    tabTo("centre");
    press("Enter");
    page.waitForSelector("#centre", hidden());
    assertThat(focused()).isEqualTo("map");
  }

  @ParameterizedTest
  @CsvSource({"de, Wem folgst du?", "fr, Qui suis-tu", "es, ¿A quién sigues?"})
  void languageIsChosenByTheReader(String language, String words) throws Exception {
    open("/");
    page.selectOption("#language", language);
    page.waitForFunction(
        "language => document.documentElement.lang === language && window.trackside", language);
    spectator.await("#find", words);
    page.selectOption("#units", "mi");
    page.waitForFunction(
        "() => document.querySelector('#units')?.value === 'mi' && window.trackside");
    runsOn();
    open("/r/anna");
    page.waitForFunction("() => /\\d\\smi$/.test(document.querySelector('#distance').textContent)");
    assertThat(page.evaluate("document.documentElement.lang")).isEqualTo(language);
    assertThat(spectator.text("#pace")).endsWith("/mi");
  }

  @Test
  void newStateIsSpokenOnceAndTheSecondsAreNot() throws Exception {
    var dora = new Owner(calls, "dora", ",\"visibility\":\"public\",\"name\":\"Dora\"");
    runs(dora, 3);
    open("/r/dora");
    spectator.awaitState("live,");
    page.evaluate(
        """
        () => {
          window.said = [];
          new MutationObserver(() => said.push(document.querySelector("#said").textContent))
              .observe(document.querySelector("#said"), { childList: true, characterData: true, subtree: true });
          window.seconds = new Set();
          new MutationObserver(() => seconds.add(document.querySelector("#detail").textContent))
              .observe(document.querySelector("#detail"), { childList: true, characterData: true, subtree: true });
        }
        """);
    dora.publish(position(0, 52.1301));
    page.waitForFunction("() => seconds.size > 2");
    assertThat(page.evaluate("said.join()")).isEqualTo("");
    dora.change("{\"finished\":true}");
    spectator.awaitState("finished");
    page.waitForFunction("() => said.length > 0");
    page.evaluate(
        "() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))");
    assertThat(page.evaluate("said.join()")).isEqualTo("Dora: finished");
    assertThat(attribute("#said", "role")).isEqualTo("status");
  }

  @Test
  void dotJumpsForWhoWantsNoMotion() throws Exception {
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    var emil = new Owner(calls, "emil", ",\"visibility\":\"public\"");
    runs(emil, 3);
    open("/r/emil");
    page.waitForFunction("() => trackside.shown()");
    page.evaluate(
        """
        () => {
          window.between = 0;
          const from = trackside.shown().t;
          const look = () => {
            const newest = trackside.trail().at(-1).t;
            const { t } = trackside.shown();
            if (t !== newest && t !== from) between++;
            requestAnimationFrame(look);
          };
          look();
        }
        """);
    emil.publish(position(0, 52.13005));
    page.waitForFunction("() => trackside.shown().lat === 52.13005");
    assertThat(page.evaluate("between")).isEqualTo(0);
  }
}
