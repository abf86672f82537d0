package dev.trackside.page;

import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.trackside.support.Cable;
import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Owner;
import dev.trackside.support.Phone;
import dev.trackside.support.Phone.Point;
import dev.trackside.support.Running;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The pages, in a browser. */
final class PagesIT {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final long START_MS = System.currentTimeMillis() - 60_000;
  private static final String NASTY = "<img src=x onerror=document.title='pwned'>";

  private static Running server;
  private static Chromium chromium;

  @BeforeAll
  static void open() throws Exception {
    server = Running.with("--demo");
    chromium = new Chromium();
  }

  @AfterAll
  static void close() throws IOException {
    chromium.close();
    server.close();
  }

  private static Page page(int port, String path, int width, int height) {
    return chromium.page("http://127.0.0.1:" + port + path, width, height);
  }

  private static Page page(String path) {
    return page(server.port(), path, 360, 740);
  }

  private static List<String> complaintsOf(Page page) {
    var complaints = new ArrayList<String>();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.text().contains("Policy")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    return complaints;
  }

  private static List<Point> trailOn(Page page) {
    Object json = page.evaluate("JSON.stringify(trackside.trail())");
    return MAPPER.readTree(String.valueOf(json)).valueStream().map(Point::of).toList();
  }

  private static void waitForTrail(Page page, int length) {
    page.waitForFunction("length => trackside.trail().length >= length", length);
  }

  @Test
  void firstPageShowsTheRehearsalMoving() {
    Page page = page("/");
    List<String> complaints = complaintsOf(page);
    page.reload();
    page.waitForFunction("() => document.querySelectorAll('#rows tr').length >= 8");
    assertThat(page.innerText("#rehearsal")).isEqualTo("Rehearsal: recorded runs, replayed");
    page.evaluate("window.before = trackside.runners().filter(({ newest }) => newest.rehearsal)");
    page.waitForFunction(
        """
        () => before.every(({ id, newest }) => trackside.runners().some((now) =>
            now.id === id && now.newest.t > newest.t && now.newest.lat !== newest.lat))
        """);
    assertThat(page.textContent("#foot")).isEqualTo("Live over WebSocket");
    assertThat(complaints).isEmpty();
    page.close();
  }

  @Test
  void nameThatIsTypedInLeadsToItsRunner() {
    Page page = page("/");
    page.fill("#id", "not a name");
    page.press("#id", "Enter");
    assertThat(page.textContent("#wrong")).contains("letters, digits");
    page.fill("#id", "rehearsal/anna");
    page.press("#id", "Enter");
    page.waitForFunction("() => document.querySelector('#name').textContent === 'Anna'");
    page.close();
  }

  @Test
  void trailOnThePageIsWhatAFollowerGets() throws Exception {
    var follower = new Phone(server.webSocket(), "{\"id\":\"rehearsal/anna\",\"trail\":500}");
    Page page = page("/r/rehearsal/anna");
    List<String> complaints = complaintsOf(page);
    page.reload();
    waitForTrail(page, 1);
    int before = trailOn(page).size();
    waitForTrail(page, before + 3);
    List<Point> trail = trailOn(page);
    await().until(() -> follower.heard().contains(trail.getLast()));
    assertThat(follower.heard()).startsWith(trail.toArray(Point[]::new));
    assertThat(page.textContent("#state")).isEqualTo("live,");
    assertThat(complaints).isEmpty();
    follower.closeBlocking();
    page.close();
  }

  @Test
  void pageThatWasCutOffGoesOnWithoutGapOrDuplicate() throws Exception {
    try (var cable = new Cable(server.port())) {
      var phone = new Phone(server.webSocket(), "{\"id\":\"cut-off\"}");
      for (int i = 0; i < 5; i++) {
        phone.reports(START_MS + i * 1000L, 52.1 + i * 1e-4, -0.4);
      }
      Page page = page(cable.port(), "/r/cut-off", 360, 740);
      waitForTrail(page, 5);
      var said = new ArrayList<String>();
      page.onWebSocket(socket -> socket.onFrameSent(frame -> said.add(frame.text())));
      cable.cut();
      page.waitForFunction("() => document.querySelector('#foot').textContent.includes('again')");
      for (int i = 5; i < 10; i++) {
        phone.reports(START_MS + i * 1000L, 52.1 + i * 1e-4, -0.4);
      }
      cable.mend();
      waitForTrail(page, 10);
      phone.reports(START_MS + 10_000, 52.101, -0.4);
      waitForTrail(page, 11);
      assertThat(trailOn(page)).isEqualTo(phone.heard());
      assertThat(said).first().asString().contains("\"after\":" + phone.heard().get(4).seq());
      phone.closeBlocking();
      page.close();
    }
  }

  @Test
  void latePositionGoesIntoTheTrailAndDoesNotMoveTheDotBack() throws Exception {
    var phone = new Phone(server.webSocket(), "{\"id\":\"late\"}");
    phone.reports(START_MS, 52.1, -0.4);
    phone.reports(START_MS + 9000, 52.2, -0.4);
    Page page = page("/r/late");
    phone.reports(START_MS + 4000, 52.15, -0.4);
    waitForTrail(page, 2);
    page.waitForFunction("() => trackside.trail().some(({ lat }) => lat === 52.15)");
    assertThat(trailOn(page).getLast().lat()).isEqualTo(52.2);
    assertThat(trailOn(page)).isSortedAccordingTo(comparingLong(Point::t));
    phone.closeBlocking();
    page.close();
  }

  @Test
  void firstPictureHasTheColoursOfThePageBeforeAnyProgramRuns() throws Exception {
    try (var calls = new Calls(server.http())) {
      var fast = new Owner(calls, "painted", ",\"visibility\":\"public\"");
      fast.publish("[{\"lat\":52.14,\"lon\":-0.46},{\"lat\":52.141,\"lon\":-0.46,\"acc\":90}]");
      Page page = page("/health");
      page.route("**/spectator.js", com.microsoft.playwright.Route::abort);
      page.navigate(server.http() + "r/painted");
      Object drawn =
          page.evaluate(
              """
              () => {
                const style = (part) => getComputedStyle(document.querySelector(`#first .${part}`));
                return [style("trail").stroke, style("halo").fill, style("dot").fill].join("; ");
              }
              """);
      assertThat(drawn).isEqualTo("rgb(184, 55, 27); rgb(184, 55, 27); rgb(184, 55, 27)");
      page.close();
    }
  }

  @Test
  void nameIsShownAsTextWhateverItIs() throws Exception {
    try (var calls = new Calls(server.http())) {
      var more = ",\"visibility\":\"public\",\"name\":\"" + NASTY + "\"";
      var here = "{\"lat\":52.147,\"lon\":-0.46,\"name\":\"" + NASTY + "\"}";
      var nasty = new Owner(calls, "nasty", more);
      assertThat(nasty.publish(here).status()).isEqualTo(200);
      Page runner = page("/r/nasty");
      waitForTrail(runner, 1);
      runner.waitForFunction("name => document.querySelector('h1').textContent === name", NASTY);
      Page first = page("/");
      first.waitForFunction(
          "name => [...document.querySelectorAll('.name span')].some((e) => e.textContent === name)",
          NASTY);
      for (Page page : List.of(runner, first)) {
        assertThat(page.querySelectorAll("img[src=x]")).isEmpty();
        assertThat(page.title()).isNotEqualTo("pwned");
        page.close();
      }
      assertThat(nasty.call("DELETE", "").status()).isEqualTo(204);
    }
  }

  @Test
  void browserRunsAndLoadsNothingThatIsNotTheServersOwn() {
    Page page = page("/r/not.a.name");
    List<String> complaints = complaintsOf(page);
    for (String smuggled :
        List.of(
            "<img src=x onerror=\"document.title='pwned'\">",
            "<p style='position:fixed'>",
            "<iframe src='https://elsewhere.example'></iframe>",
            "<img src='https://elsewhere.example/x.png'>")) {
      int before = complaints.size();
      page.evaluate("html => document.querySelector('main').innerHTML = html", smuggled);
      page.waitForCondition(
          () -> complaints.stream().skip(before).anyMatch(text -> text.contains("Policy")));
    }
    page.evaluate(
        """
        () => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'pwned'";
          document.head.append(script);
        }
        """);
    assertThat(page.title()).isNotEqualTo("pwned");
    assertThat(complaints.getLast()).contains("script-src 'self'");
    page.close();
  }

  @Test
  void nothingSticksOutOfANarrowPhone() {
    for (String path : List.of("/", "/r/rehearsal/anna", "/r/not.a.name")) {
      Page page = page(server.port(), path, 320, 640);
      Object width = page.evaluate("document.documentElement.scrollWidth");
      assertThat(width).as(path).isEqualTo(320);
      page.close();
    }
  }
}
