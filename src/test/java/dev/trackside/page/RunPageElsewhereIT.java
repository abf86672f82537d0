package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.WebSocketRoute;
import dev.trackside.support.Cable;
import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Owner;
import dev.trackside.support.Route.Place;
import dev.trackside.support.RunnersPhone;
import dev.trackside.support.RunnersPhone.Taken;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The runner's page when something happens to the run elsewhere. */
final class RunPageElsewhereIT {
  private static final Place START = new Place(52.13, -0.46);
  private static final String HERE = "{\"lat\":52.13,\"lon\":-0.46}";
  private static final String ENDED = "{\"finished\":true}";
  private static final int MOST_LINKS = 100;

  /** The clock of a phone that is an hour ahead, and what its positions say then. */
  private static final String HOUR_AHEAD =
      """
      const now = Date.now;
      Date.now = () => now() + 3600000;
      const watch = navigator.geolocation.watchPosition;
      navigator.geolocation.watchPosition = function (took, ...others) {
        return watch.call(
          this,
          ({ timestamp, coords }) => took({ timestamp: timestamp + 3600000, coords }),
          ...others);
      };
      """;

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

  private static JsonNode get(JsonNode run, String below) throws Exception {
    return calls
        .get(
            "/api/runners/" + run.path("id").asString() + below,
            Owner.bearer(run.path("key").asString()))
        .json();
  }

  private static Owner runner(String id) throws Exception {
    return new Owner(calls, id, ",\"name\":\"" + nameOf(id) + "\"");
  }

  private static String nameOf(String id) {
    return id.replace('-', ' ');
  }

  private void awaitText(String selector, String words) {
    phone.page.waitForFunction(
        "([selector, words]) => document.querySelector(selector).textContent.includes(words)",
        List.of(selector, words));
  }

  private Owner owner() {
    return new Owner(calls, phone.run());
  }

  /** A network that loses what the server says of the end of a run. */
  private void loseTheEnd() {
    phone.page.routeWebSocket(
        "**/ws",
        page -> {
          WebSocketRoute line = page.connectToServer();
          line.onMessage(
              frame -> {
                if (!frame.text().contains("\"finished\":")) {
                  page.send(frame.text());
                }
              });
        });
  }

  @Test
  void runThatWasEndedBeforeItBeganBeginsAnew() throws Exception {
    Owner anna = runner("anna-ended-before");
    phone.at(START).open("#" + anna.key);
    awaitText("#words", "Ready");
    anna.publish(HERE);
    anna.change(ENDED);
    awaitText("#start", "Start another run");
    phone.page.click("#start");
    phone.awaitHeard();
    phone.awaitAllSent();
    assertThat(anna.call("GET", "/track").json().path("positions").size()).isGreaterThan(1);
  }

  @Test
  void startAsksWhetherTheRunIsOver() throws Exception {
    Owner anna = runner("anna-asks");
    loseTheEnd();
    phone.at(START).open("#" + anna.key);
    awaitText("#words", "Ready");
    anna.change(ENDED);
    phone.page.click("#start");
    phone.awaitHeard();
    phone.awaitAllSent();
    assertThat(anna.call("GET", "/track").json().path("positions")).isNotEmpty();
  }

  @Test
  void refusedPointIsNotHeardAndTheRunnerIsToldThatTheRunIsOver() throws Exception {
    loseTheEnd();
    phone.at(START).start("Anna");
    owner().change(ENDED);
    phone.moveTo(after(1));
    phone.awaitTrouble("Start another?");
    assertThat(phone.page.isVisible("#going")).isFalse();
    assertThat(phone.text("#start")).isEqualTo("Start another run");
    phone.page.click("#start");
    phone.page.waitForFunction("() => trackside.run().state === 'running'");
    phone.awaitHeard();
    assertThat(get(phone.run(), "").path("state").asString()).isEqualTo("live");
  }

  @Test
  void linkOfAnotherRunnerAsksBeforeItEndsARun() throws Exception {
    Owner ben = runner("ben-offered");
    phone.at(START).start("Anna");
    JsonNode anna = phone.run();
    phone.open("#" + ben.key);
    awaitText("#offer", "This link is for ben offered");
    phone.reload();
    phone.page.waitForSelector("#offer");
    phone.awaitHeard();
    phone.page.click("#offer-no");
    assertThat(phone.page.isVisible("#offer")).isFalse();
    phone.reload();
    phone.awaitHeard();
    assertThat(phone.run().path("id")).isEqualTo(anna.path("id"));
    assertThat(phone.page.isVisible("#offer")).isFalse();

    phone.open("#" + ben.key);
    phone.page.click("#offer-yes");
    awaitText("#name", "ben offered");
    phone.page.waitForFunction("() => !localStorage.getItem('trackside.ending')");
    assertThat(get(anna, "").path("state").asString()).isEqualTo("finished");
    assertThat(phone.text("#words")).isEqualTo("Ready when you are.");
  }

  @Test
  void keyOfARunThatIsNotFinishedIsNotForgotten() throws Exception {
    Owner anna = runner("anna-with-an-app");
    Owner ben = runner("ben-with-another");
    phone.open("#" + anna.key);
    awaitText("#name", nameOf(anna.id));
    phone.open("#" + ben.key);
    awaitText("#name", nameOf(ben.id));
    assertThat(phone.page.evaluate("localStorage.getItem('trackside.keys')").toString())
        .contains(anna.key, ben.key);
  }

  @Test
  void whatAnAppSendsIsShownWithoutAReload() throws Exception {
    Owner anna = runner("anna-and-an-app");
    phone.open("#" + anna.key);
    awaitText("#words", "Ready when you are.");
    anna.publish(HERE);
    awaitText("#words", "We heard your app ");
    try (var _ = TestClient.of(server, phone.toFollow())) {
      awaitText("#words", "1\u00a0watching");
    }
    awaitText("#words", "0\u00a0watching");
    calls.post("/phone/" + anna.key, "{\"_type\":\"encrypted\",\"data\":\"x\"}");
    assertThat(phone.page.isVisible("#unread")).isFalse();
    phone.page.click("#apps summary");
    phone.page.waitForSelector("#unread");
    assertThat(phone.text("#unread")).contains("OwnTracks: 1 time");
  }

  @Test
  void pointsWhoseKeyHasEndedAreGivenUp() throws Exception {
    Owner ben = runner("ben-after-anna");
    phone.at(START).start("Anna").awaitKept();
    String key = phone.run().path("key").asString();
    Owner anna = owner();
    phone.awaitAllSent();
    cable.cut();
    phone.runTo(after(1));
    phone.open("#" + ben.key);
    phone.awaitTrouble("We need signal once");
    anna.call("POST", "/key");
    cable.mend();
    phone.page.click("#offer-yes");
    phone.awaitTrouble("from an earlier run could not be sent");
    assertThat(phone.page.isVisible("#earlier")).isFalse();
    assertThat(phone.page.evaluate("JSON.stringify(localStorage)").toString())
        .contains(ben.key)
        .doesNotContain(key);
  }

  @Test
  void tooManyLinksAreSaidAndHideNothing() throws Exception {
    Owner anna = runner("anna-with-links");
    for (int i = 0; i < MOST_LINKS; i++) {
      anna.link("{}");
    }
    calls.post("/phone/" + anna.key, "{\"_type\":\"encrypted\",\"data\":\"x\"}");
    phone.open("#" + anna.key);
    phone.page.waitForSelector("#unread");
    assertThat(phone.text("#no-link")).startsWith("There are 100 links");
  }

  @Test
  void wrongClockKeepsWhatComesOutOfATunnelApart() throws Exception {
    phone.page.addInitScript(HOUR_AHEAD);
    phone.at(START).start("Anna").awaitKept();
    phone.awaitAllSent();
    cable.cut();
    for (int i = 1; i <= 3; i++) {
      phone.runTo(after(i));
    }
    phone.reload();
    for (int i = 4; i <= 6; i++) {
      phone.runTo(after(i));
    }
    cable.mend();
    phone.awaitAllSent();
    List<Long> moments = moments(get(phone.run(), "/track").path("positions"));
    assertThat(moments).hasSizeGreaterThanOrEqualTo(7);
    assertThat(sinceTheFirst(moments))
        .isEqualTo(sinceTheFirst(phone.taken().stream().map(Taken::t).toList()));
  }

  private static List<Long> moments(JsonNode positions) {
    return positions.valueStream().map(one -> one.path("t").asLong()).toList();
  }

  private static List<Long> sinceTheFirst(List<Long> moments) {
    return moments.stream().map(t -> t - moments.getFirst()).toList();
  }
}
