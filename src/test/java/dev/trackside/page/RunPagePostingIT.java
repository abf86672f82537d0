package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.WebSocketRoute;
import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Gateway;
import dev.trackside.support.Owner;
import dev.trackside.support.Route.Place;
import dev.trackside.support.RunnersPhone;
import dev.trackside.support.Running;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The runner's page where the network is in the way of WebSockets, or the phone tells nonsense. */
@Timeout(90)
final class RunPagePostingIT {
  private static final Place START = new Place(52.13, -0.46);
  private static final int CLOSED = 1001;

  private static Running server;
  private static Calls calls;
  private static Chromium chromium;
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
  void takeThePhone() {
    phone = RunnersPhone.in(chromium, server.port());
  }

  @AfterEach
  void putThePhoneAway() {
    phone.close();
  }

  private void usePhoneAt(int port) {
    phone.close();
    phone = RunnersPhone.in(chromium, port);
  }

  private static Place after(int steps) {
    return new Place((521_300 + steps) / 1e4, START.lon());
  }

  private List<JsonNode> stored() throws Exception {
    var owner = new Owner(calls, phone.run());
    return owner.call("GET", "/track").json().path("positions").valueStream().toList();
  }

  private List<Double> storedLatitudes() throws Exception {
    return stored().stream().map(one -> one.path("lat").asDouble()).distinct().toList();
  }

  private void awaitFoot(String words) {
    phone.page.waitForFunction(
        "words => document.querySelector('#foot').textContent.replaceAll('\\u00a0', ' ').includes(words)",
        words);
  }

  private void sendsWithout(String words) throws Exception {
    awaitFoot("Sending without a live connection: " + words);
    for (int i = 1; i <= 3; i++) {
      phone.runTo(after(i));
    }
    phone.awaitHeard();
    phone.awaitAllSent();
    assertThat(storedLatitudes()).contains(after(1).lat(), after(2).lat(), after(3).lat());
    assertThat(stored().stream().map(one -> one.path("t").asLong())).doesNotHaveDuplicates();
    phone.awaitState("0\u00a0watching");
  }

  @Test
  void pageGoesOnByPostWhereUpgradesAreCutOff() throws Exception {
    try (var gateway = new Gateway(server.port(), "Upgrade: websocket")) {
      usePhoneAt(gateway.port());
      phone.at(START).start("Anna");
      sendsWithout("your network lets no WebSocket through");
    }
  }

  @Test
  void pageSaysWhatAProxyAnswers() throws Exception {
    try (var gateway = Gateway.bad(server.port(), "GET /ws")) {
      usePhoneAt(gateway.port());
      phone.at(START).start("Anna");
      sendsWithout("a proxy answers WebSockets with 502");
    }
  }

  @Test
  void pageGoesOnByPostWhereNothingComesThroughAWebSocket() throws Exception {
    phone.page.routeWebSocket("**/ws", _ -> {});
    phone.at(START).start("Anna");
    sendsWithout("WebSockets stay silent in your network");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void pageGoesOnByPostWhereEachWebSocketBreaks(int messages) throws Exception {
    phone.page.routeWebSocket(
        "**/ws",
        page -> {
          WebSocketRoute line = page.connectToServer();
          int[] heard = {0};
          line.onMessage(
              frame -> {
                page.send(frame.text());
                if (heard[0]++ == messages) {
                  page.close(new WebSocketRoute.CloseOptions().setCode(CLOSED));
                  line.close();
                }
              });
        });
    phone.at(START).start("Anna");
    sendsWithout("WebSockets break off after");
  }

  @Test
  void finishingWaitsForWhatIsPosted() throws Exception {
    try (var gateway = new Gateway(server.port(), "Upgrade: websocket")) {
      usePhoneAt(gateway.port());
      phone.at(START).start("Anna");
      phone.moveTo(after(1));
      phone.page.click("#finish");
      phone.page.waitForFunction("() => trackside.run().state === 'finished'");
      assertThat(phone.waiting()).isZero();
    }
  }

  @Test
  void pagePostsUntilItsKeyEnds() throws Exception {
    try (var gateway = new Gateway(server.port(), "Upgrade: websocket")) {
      usePhoneAt(gateway.port());
      phone.at(START).start("Anna");
      new Owner(calls, phone.run()).call("POST", "/key");
      phone.moveTo(after(1));
      phone.page.waitForFunction(
          "() => document.querySelector('#state').textContent.includes('can no longer send')");
      phone.runTo(after(2));
      assertThat(phone.waiting()).isPositive();
    }
  }

  private void tellInstead(String position) {
    phone.page.addInitScript(
        """
        const watchIt = navigator.geolocation.watchPosition;
        navigator.geolocation.watchPosition = function (took, ...others) {
          return watchIt.call(this, ({ timestamp, coords: { latitude, longitude, accuracy } }) => {
            const coords = { latitude, longitude, accuracy };
            took(%s);
          }, ...others);
        };
        """
            .formatted(position));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp - 978307200000",
        "timestamp / 1000",
        "timestamp * 1000",
        "timestamp - 1024 * 7 * 86400000",
        "0",
        "NaN",
        "undefined",
        "timestamp + 3600000"
      })
  void momentThatCannotBeIsTheOneOfTheCallback(String timestamp) throws Exception {
    long beforeMs = System.currentTimeMillis();
    tellInstead("{ timestamp: " + timestamp + ", coords }");
    phone.at(START).start("Anna").awaitAllSent();
    assertThat(stored())
        .isNotEmpty()
        .allMatch(one -> one.path("t").asLong() >= beforeMs - 1000)
        .allMatch(one -> one.path("t").asLong() <= System.currentTimeMillis());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "-86400000, 0, -86400000",
    "-86400001, 0, 0",
    "120000, 0, 120000",
    "120001, 0, 0",
    "-978307200000, 0, 0",
    "-5000, 3600000, -5000",
    "-3605000, 3600000, -5000",
    "7200000, 3600000, 0"
  })
  void momentIsBelievedByEitherClock(double fromNowMs, double aheadMs, double isFromNowMs) {
    phone.open("");
    Object moved =
        phone.page.evaluate(
            """
            async ([fromNowMs, aheadMs]) => {
              const { momentOf } = await import("/assets/0/run/watch.js");
              const now = Date.now();
              Date.now = () => now;
              return momentOf(now + fromNowMs, aheadMs) - (now - aheadMs);
            }
            """,
            List.of(fromNowMs, aheadMs));
    assertThat(((Number) moved).doubleValue()).isEqualTo(isFromNowMs);
  }

  @Test
  void placeIsStoredThoughAMeasurementIsRefused() throws Exception {
    tellInstead("{ timestamp, coords: { ...coords, heading: 400, speed: -7 } }");
    phone.at(START).start("Anna").awaitAllSent();
    assertThat(storedLatitudes()).containsExactly(START.lat());
  }

  @Test
  void placeThatIsRefusedStaysAndIsSentWithTheNextRun() throws Exception {
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
    phone.at(START).start("Anna");
    new Owner(calls, phone.run()).change("{\"finished\":true}");
    phone.moveTo(after(1));
    phone.awaitTrouble("Start another?");
    assertThat(phone.waiting()).isPositive();
    assertThat(storedLatitudes()).containsExactly(START.lat());
    phone.reload();
    assertThat(phone.waiting()).isPositive();
    phone.page.click("#start");
    phone.awaitHeard();
    phone.awaitAllSent();
    assertThat(storedLatitudes()).contains(after(1).lat());
  }
}
