package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.trackside.support.Cable;
import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Chromium;
import dev.trackside.support.Owner;
import dev.trackside.support.Route.Place;
import dev.trackside.support.RunnersPhone;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The runner's page, in a browser. */
final class RunPageIT {
  private static final Place START = new Place(52.13, -0.46);
  private static final int MOST_TABS = 20;

  private static Running server;
  private static Calls calls;
  private static Chromium chromium;
  private Cable cable;
  private RunnersPhone phone;

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
  void takeThePhone() throws IOException {
    cable = new Cable(server.port());
    phone = RunnersPhone.in(chromium, cable.port());
  }

  @AfterEach
  void putThePhoneAway() throws IOException {
    phone.close();
    cable.close();
  }

  private static Place after(int steps) {
    return new Place((521_300 + steps) / 1e4, START.lon());
  }

  private static Answer get(JsonNode run, String below) throws Exception {
    return calls.get(
        "/api/runners/" + run.path("id").asString() + below,
        Owner.bearer(run.path("key").asString()));
  }

  private static List<Double> latitudes(JsonNode run) throws Exception {
    return get(run, "/track")
        .json()
        .path("positions")
        .valueStream()
        .map(one -> one.path("lat").asDouble())
        .distinct()
        .toList();
  }

  private void tabTo(String id) {
    Page page = phone.page;
    for (int i = 0; i < MOST_TABS; i++) {
      page.keyboard().press("Tab");
      if (id.equals(page.evaluate("document.activeElement.id"))) {
        return;
      }
    }
    throw new AssertionError(id + " cannot be reached by " + MOST_TABS + " tabs");
  }

  private void press(String id) {
    tabTo(id);
    phone.page.keyboard().press("Enter");
  }

  private void awaitVisible(String selector) {
    phone.page.waitForSelector(selector);
  }

  @Test
  void keyboardAloneStartsFinishesAndErases() throws Exception {
    phone.at(START).open("");
    tabTo("called");
    phone.page.keyboard().type("Anna");
    press("start");
    phone.awaitHeard();
    JsonNode run = phone.run();
    assertThat(phone.text("#name")).isEqualTo("Anna");
    press("finish");
    phone.page.waitForFunction("() => trackside.run().state === 'finished'");
    assertThat(get(run, "").json().path("state").asString()).isEqualTo("finished");
    assertThat(phone.page.evaluate("document.activeElement.id")).isEqualTo("name");
    press("erase");
    assertThat(phone.page.evaluate("document.activeElement.id")).isEqualTo("erase-no");
    phone.page.keyboard().press("Enter");
    assertThat(phone.page.isVisible("#sure")).isFalse();
    phone.page.keyboard().press("Enter");
    phone.page.keyboard().press("Shift+Tab");
    assertThat(phone.page.evaluate("document.activeElement.id")).isEqualTo("erase-yes");
    phone.page.keyboard().press("Enter");
    phone.awaitTrouble("Erased");
    assertThat(get(run, "").status()).isEqualTo(404);
  }

  @Test
  void claimWhoseAnswerWasLostIsNotMadeAnew() {
    var claimed = new ArrayList<String>();
    phone.page.route(
        "**/api/runners",
        route -> {
          String answer = route.fetch().text();
          claimed.add(answer);
          if (claimed.size() == 1) {
            route.abort();
          } else {
            route.fulfill(new Route.FulfillOptions().setStatus(201).setBody(answer));
          }
        });
    phone.at(START).open("");
    phone.page.click("#start");
    phone.awaitTrouble("No signal");
    phone.page.click("#start");
    phone.awaitHeard();
    assertThat(claimed).hasSize(2).containsOnly(claimed.getFirst());
  }

  @Test
  void erasingLeavesNothingOnThePhone() throws Exception {
    phone.at(START).start("Anna");
    cable.cut();
    phone.runTo(after(1));
    assertThat(phone.waiting()).isPositive();
    cable.mend();
    phone.page.click("#erase");
    phone.page.click("#erase-yes");
    phone.awaitTrouble("Erased");
    assertThat(phone.page.evaluate("localStorage.length")).isEqualTo(0);
    assertThat(
            phone.page.evaluate(
                """
                () => new Promise((resolve) => {
                  indexedDB.open("trackside").onsuccess = ({ target: { result: database } }) => {
                    const count = database.transaction("fix").objectStore("fix").count();
                    count.onsuccess = () => resolve(count.result);
                  };
                })
                """))
        .isEqualTo(0);
    phone.reload();
    assertThat(phone.page.isVisible("#called")).isTrue();
  }

  @Test
  void nothingSticksOutOfANarrowPhone() {
    phone.close();
    phone = new RunnersPhone(chromium, cable.port(), "de-DE", 320);
    phone.at(START).open("");
    assertNothingSticksOut("begin");
    phone.page.fill("#called", "Wolfeschlegelsteinhausenbergerdorff-Vandermeersche");
    phone.page.click("#start");
    phone.awaitState("Wir hören dich");
    phone.page.click("#apps summary");
    awaitVisible("#app-list li:last-child ol");
    awaitVisible("#qr");
    phone.page.click("#erase");
    assertNothingSticksOut("running");
    for (Object height :
        (List<?>)
            phone.page.evaluate(
                """
                [...document.querySelectorAll("button, summary, a.button, input")]
                    .filter((one) => one.offsetParent).map((one) => one.offsetHeight)
                """)) {
      assertThat(((Number) height).intValue()).isGreaterThanOrEqualTo(44);
    }
  }

  private void assertNothingSticksOut(String when) {
    assertThat(phone.page.evaluate("document.documentElement.scrollWidth")).as(when).isEqualTo(320);
  }

  @Test
  void germanReadersReadGerman() {
    phone.close();
    phone = new RunnersPhone(chromium, cable.port(), "de-AT", 360);
    phone.at(START).open("");
    assertThat(phone.page.evaluate("document.documentElement.lang")).isEqualTo("de");
    assertThat(phone.text("h1")).isEqualTo("Meinen Lauf zeigen");
    phone.page.click("#start");
    phone.awaitState("Wir hören dich: vor");
    assertThat(phone.text("#going")).contains("Akku", "±6\u00a0m");
    phone.page.click("#apps summary");
    awaitVisible("#app-list li:last-child ol");
    assertThat(phone.text("#app-list")).contains("OwnTracks auf diesem Handy einrichten");
  }

  @Test
  void keyThatIsNobodysIsSaidAndOneStartsAnew() {
    phone.at(START).open("#2222222222222222222222");
    phone.page.waitForFunction(
        "() => document.querySelector('#words').textContent.startsWith('This key no longer works')");
    assertThat(phone.page.url()).doesNotContain("2222");
    phone.page.click("#anew");
    phone.page.click("#start");
    phone.awaitHeard();
  }

  @Test
  void keyOfTheAddressIsKeptAndTakenOutOfIt() throws Exception {
    var anna = new Owner(calls, "anna-in-the-address", ",\"name\":\"Anna\"");
    phone.at(START).open("#" + anna.key);
    phone.page.waitForFunction("() => document.querySelector('#name').textContent === 'Anna'");
    assertThat(phone.page.url()).endsWith("/run");
    awaitVisible("#qr");
    phone.reload();
    phone.page.click("#start");
    phone.awaitHeard();
    assertThat(phone.run().path("id").asString()).isEqualTo("anna-in-the-address");
    assertThat(anna.call("GET", "/links").json().path("links")).hasSize(2);
  }

  @Test
  void whatWaitsOfOneRunnerNeverGoesToAnother() throws Exception {
    phone.at(START).start("Anna").awaitKept();
    JsonNode anna = phone.run();
    var ben = new Owner(calls, "ben-takes-over", ",\"name\":\"Ben\"");
    cable.cut();
    for (int i = 1; i <= 3; i++) {
      phone.runTo(after(i));
    }
    phone.open("#" + ben.key);
    phone.awaitTrouble("We need signal once");
    cable.mend();
    phone.page.click("#offer-yes");
    phone.page.waitForFunction("() => document.querySelector('#name').textContent === 'Ben'");
    phone.page.waitForFunction("() => document.querySelector('#earlier').hidden");
    phone.moveTo(after(9));
    phone.page.click("#start");
    phone.awaitHeard();
    assertThat(latitudes(anna))
        .contains(after(1).lat(), after(2).lat(), after(3).lat())
        .doesNotContain(after(9).lat());
    assertThat(latitudes(phone.run())).containsExactly(after(9).lat());
  }

  @Test
  void pageThatMayNotSeeWhereThePhoneIsSaysSo() {
    phone.open("");
    phone.page.click("#start");
    phone.awaitTrouble("isn't allowed to see where you are");
    phone.at(START).page.click("#start");
    phone.awaitHeard();
    assertThat(phone.text("#trouble")).isEmpty();
  }

  @Test
  void finishWaitsForWhatIsStillToBeSent() throws Exception {
    phone.at(START).start("Anna").awaitKept();
    JsonNode run = phone.run();
    cable.cut();
    for (int i = 1; i <= 3; i++) {
      phone.runTo(after(i));
    }
    phone.page.click("#finish");
    phone.page.waitForFunction(
        "() => document.querySelector('#words').textContent.includes('still to send')");
    phone.reload();
    assertThat(phone.text("#words")).contains("still to send");
    assertThat(get(run, "").json().path("state").asString()).isEqualTo("live");
    cable.mend();
    phone.page.waitForFunction("() => trackside.run().state === 'finished'");
    assertThat(get(run, "").json().path("state").asString()).isEqualTo("finished");
    assertThat(latitudes(run)).contains(after(1).lat(), after(2).lat(), after(3).lat());
    phone.page.click("#start");
    phone.awaitHeard();
    assertThat(get(run, "").json().path("state").asString()).isEqualTo("live");
  }

  @Test
  void browserThatKeepsNothingStillSends() {
    phone.page.addInitScript(
        "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('none'); } });");
    phone.at(START).open("");
    phone.awaitTrouble("keeps nothing");
    phone.page.click("#start");
    phone.awaitHeard();
  }

  @Test
  void appsAreSetUpFromThePage() throws Exception {
    phone.open("");
    phone.page.click("#apps summary");
    phone.page.click("#codes");
    awaitVisible("#app-list > li:nth-child(5)");
    JsonNode run = phone.run();
    JsonNode apps = appsThroughTheCable(run);
    assertThat(phone.page.locator("#app-list h3").allTextContents())
        .isEqualTo(apps.valueStream().map(app -> app.path("name").asString()).toList());
    assertThat(phone.page.getAttribute("#app-list a[href^=owntracks]", "href"))
        .isEqualTo(apps.path(1).path("link").asString());
    assertThat(phone.page.locator("#app-list > li:last-child code").textContent())
        .isEqualTo(apps.path(4).path("link").asString());
    Download file = phone.page.waitForDownload(() -> phone.page.click("#app-list a[download]"));
    assertThat(Files.readString(file.path()))
        .isEqualTo(apps.path(3).path("file").path("text").asString());
    assertThat(phone.page.evaluate("document.querySelector('#app-list img').naturalWidth > 0"))
        .isEqualTo(true);
  }

  /** Links lead where a caller has found the server. */
  private JsonNode appsThroughTheCable(JsonNode run) throws Exception {
    try (var calls = new Calls(URI.create("http://127.0.0.1:" + cable.port() + "/"))) {
      String path = "/api/runners/" + run.path("id").asString() + "/apps";
      return calls.get(path, Owner.bearer(run.path("key").asString())).json().path("apps");
    }
  }

  @Test
  void whatCouldNotBeReadIsShownAsText() throws Exception {
    phone.at(START).start("Anna");
    assertThat(phone.page.isVisible("#unread")).isFalse();
    String nasty = "<img src=x onerror=document.title='pwned'>";
    calls.post(
        "/phone/" + phone.run().path("key").asString(),
        "{\"_type\":\"encrypted\",\"data\":\"" + nasty + "\"}");
    phone.reload();
    phone.page.click("#unread summary");
    awaitVisible("#unread-newest li");
    assertThat(phone.text("#unread")).contains("OwnTracks: 1 time", "encrypt", nasty);
    assertThat(phone.page.querySelectorAll("img[src=x]")).isEmpty();
  }

  @Test
  void spectatorsAreCountedAndTheRunnerIsNotOneOfThem() throws Exception {
    phone.at(START).start("Anna");
    try (var _ = TestClient.of(server, phone.toFollow())) {
      phone.awaitState("1\u00a0watching");
      phone.reload();
      phone.awaitHeard();
      phone.awaitState("1\u00a0watching");
    }
  }

  @Test
  void secondPageWaitsUntilTheFirstIsClosed() {
    phone.at(START).start("Anna");
    Page second = phone.page.context().newPage();
    second.navigate(phone.page.url());
    second.waitForFunction(
        "() => document.querySelector('#words').textContent.includes('open in another tab')");
    phone.page.close();
    second.waitForFunction(
        "() => document.querySelector('#state').textContent.includes('We heard you')");
  }

  @Test
  void longBacklogNeverComesTooFast() throws Exception {
    try (var strict =
            Running.with("--limit-loopback", "--connection-positions=70", "--connection-burst=60");
        var slow = RunnersPhone.in(chromium, strict.port())) {
      var said = new ArrayList<String>();
      slow.page.onWebSocket(socket -> socket.onFrameReceived(frame -> said.add(frame.text())));
      slow.at(START).start("Anna");
      slow.page.evaluate(
          """
          () => new Promise((stored) => {
            indexedDB.open("trackside").onsuccess = ({ target: { result: database } }) => {
              const transaction = database.transaction("fix", "readwrite");
              const { id } = trackside.run();
              for (let i = 0; i < 300; i++) {
                transaction.objectStore("fix").add({ id, t: Date.now() - 600000 + i, lat: 52, lon: 13 });
              }
              transaction.oncomplete = stored;
            };
          })
          """);
      slow.reload();
      assertThat(slow.waiting()).isGreaterThan(100);
      slow.awaitAllSent();
      assertThat(said)
          .anyMatch(text -> text.contains("late"))
          .noneMatch(text -> text.contains("too_fast"));
    }
  }

  @Test
  void whoAskedForHelpSaysThatAllIsWell() throws Exception {
    phone.at(START).start("Anna");
    JsonNode run = phone.run();
    calls.post("/phone/" + run.path("key").asString(), "id=7&alarm=sos");
    awaitVisible("#sos");
    assertThat(phone.text("#sos")).contains("You asked for help at");
    phone.page.click("#fine");
    phone.page.waitForFunction("() => document.querySelector('#sos').hidden");
  }
}
