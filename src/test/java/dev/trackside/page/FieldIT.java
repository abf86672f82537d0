package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.trackside.support.Chromium;
import dev.trackside.support.Report;
import dev.trackside.support.Running;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The dots on the map, in a browser: where they are shown, and how often they are drawn.
 *
 * <p>{@code -Dfield.seconds} is how long 2,000 of them are drawn, {@code -Dproof.report} the page
 * that tells how fast.
 */
final class FieldIT {
  private static final int SECONDS = Integer.getInteger("field.seconds", 3);

  /** A map over the whole page, and what the tests ask of it. */
  private static final String OPEN =
      """
      async () => {
        const assets = document.querySelector("script[src$='/spectator.js']").src.replace("spectator.js", "");
        const { openMap } = await import(`${assets}map.js`);
        const { openField } = await import(`${assets}field.js`);
        const element = document.body.appendChild(document.createElement("div"));
        Object.assign(element.style, { position: "fixed", inset: 0, zIndex: 9999 });
        window.map = openMap(element);
        window.field = openField(map);
        window.T = 1795327521000;
        window.frame = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
        map.setView([52.1, -0.4], 16, { animate: false });
        window.pixelAt = (x, y) => {
          const canvas = element.querySelector(".leaflet-field-pane canvas");
          const [to, from] = [canvas.getBoundingClientRect(), element.getBoundingClientRect()];
          const ratio = canvas.width / to.width;
          const at = [(x + from.left - to.left) * ratio, (y + from.top - to.top) * ratio].map(Math.round);
          return [...canvas.getContext("2d").getImageData(...at, 1, 1).data].join();
        };
        window.pixelOf = (lat, lon) => {
          const { x, y } = map.latLngToContainerPoint([lat, lon]);
          return pixelAt(x, y);
        };
        await frame();
      }
      """;

  private static Running server;
  private static Chromium chromium;
  private BrowserContext browser;
  private Page page;

  @BeforeAll
  static void start() throws IOException {
    server = Running.with();
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() throws IOException {
    chromium.close();
    server.close();
  }

  @BeforeEach
  void open() {
    browser = chromium.somebody("en-GB", 1280, 800);
    page = browser.newPage();
    open(page);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private static void open(Page page) {
    page.navigate(server.http().toString());
    page.evaluate(OPEN);
  }

  private Object ask(String body) {
    return page.evaluate("async () => {" + body + "}");
  }

  @Test
  void dotGlidesBetweenFixesAndIsNeverAheadOfTheNewest() {
    Object wrong =
        ask(
            """
            field.place("anna", { lat: 52.1, lon: -0.4, t: T });
            field.place("anna", { lat: 52.1002, lon: -0.4, t: T + 1000 });
            field.place("anna", { lat: 52.1002, lon: -0.3998, t: T + 60_000 - 31_000 });
            const seen = [];
            while ((seen.at(-1)?.t ?? 0) < T + 29_000) {
              seen.push(field.shown("anna"));
              await frame();
            }
            const between = seen.filter(({ t }) => t > T && t < T + 29_000).length;
            const off = seen.filter(({ lat, lon, t }, i) => {
              const first = Math.min(1, (t - T) / 1000);
              const second = Math.max(0, (t - T - 1000) / 28_000);
              const isThere = Math.abs(lat - 52.1 - first * 0.0002) < 1e-9 && Math.abs(lon + 0.4 - second * 0.0002) < 1e-9;
              return !isThere || t > T + 29_000 || (i > 0 && t < seen[i - 1].t);
            });
            return between < 2 ? "no glide" : JSON.stringify(off);
            """);
    assertThat(wrong).isEqualTo("[]");
  }

  @Test
  void lateFixDoesNotMoveTheDot() {
    Object shown =
        ask(
            """
            field.place("anna", { lat: 52.1, lon: -0.4, t: T });
            field.place("anna", { lat: 52.2, lon: -0.4, t: T - 1 });
            field.place("anna", { lat: 52.2, lon: -0.4, t: T });
            await frame();
            return field.shown("anna").lat;
            """);
    assertThat(shown).isEqualTo(52.1);
  }

  @Test
  void dotJumpsOverALongWayAndALongSilence() {
    Object shown =
        ask(
            """
            field.place("far", { lat: 52.1, lon: -0.4, t: T });
            field.place("far", { lat: 52.105, lon: -0.4, t: T + 5000 });
            field.place("silent", { lat: 52.1, lon: -0.4, t: T });
            field.place("silent", { lat: 52.101, lon: -0.4, t: T + 30_001 });
            field.place("told", { lat: 52.1, lon: -0.4, t: T });
            field.place("told", { lat: 52.101, lon: -0.4, t: T + 2000 }, { glide: false });
            return ["far", "silent", "told"].map((id) => field.shown(id).lat).join();
            """);
    assertThat(shown).isEqualTo("52.105,52.101,52.101");
  }

  @Test
  void dotJumpsForWhoWantsNoMotion() {
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    Object shown =
        ask(
            """
            field.place("anna", { lat: 52.1, lon: -0.4, t: T });
            field.place("anna", { lat: 52.1001, lon: -0.4, t: T + 2000 });
            return field.shown("anna").lat;
            """);
    assertThat(shown).isEqualTo(52.1001);
  }

  @Test
  void nothingIsDrawnWhileNothingChanges() {
    Object drawn =
        ask(
            """
            field.place("anna", { lat: 52.1, lon: -0.4, t: T });
            await frame();
            const before = field.frames();
            for (let i = 0; i < 10; i++) await frame();
            return field.frames() - before;
            """);
    assertThat(drawn).isEqualTo(0);
  }

  @Test
  void dotsStayAtTheirPlacesWhenTheMapIsMovedAndZoomed() {
    Object seen =
        ask(
            """
            field.place("anna", { lat: 52.1, lon: -0.4, t: T });
            field.look("anna", { colour: "rgb(1, 2, 3)", state: "live" });
            const seen = [];
            for (const [lat, lon, zoom] of [[52.1, -0.4, 16], [52.101, -0.402, 16], [52.1, -0.401, 17], [52.11, -0.42, 13]]) {
              map.setView([lat, lon], zoom, { animate: false });
              await frame();
              seen.push(pixelOf(52.1, -0.4));
            }
            map.panBy([150, 90], { animate: false });
            await frame();
            seen.push(pixelOf(52.1, -0.4));
            const ended = new Promise((end) => map.once("moveend", end));
            map.setZoom(15, { animate: true });
            await ended;
            await frame();
            seen.push(pixelOf(52.1, -0.4));
            return seen.join(" ");
            """);
    assertThat(String.valueOf(seen).split(" ")).hasSize(6).containsOnly("1,2,3,255");
  }

  @Test
  void nearestDotIsHitAndNoneThatIsFar() {
    Object hit =
        ask(
            """
            field.place("anna", { lat: 52.1, lon: -0.4, t: T });
            field.place("bob", { lat: 52.1002, lon: -0.4, t: T });
            const { x, y } = map.latLngToContainerPoint([52.1, -0.4]);
            const first = field.hit([x, y + 21]);
            map.panBy([40, 30], { animate: false });
            const moved = map.latLngToContainerPoint([52.1002, -0.4]);
            const second = field.hit(moved);
            field.remove("bob");
            return [first, second, field.hit([x, y + 200]), field.shown("bob")].join();
            """);
    assertThat(hit).isEqualTo("anna,bob,,");
  }

  @Test
  void whoIsRemovedIsNotDrawnAnyMore() {
    Object alpha =
        ask(
            """
            const way = [0, 1, 2].map((i) => ({ lat: 52.1, lon: -0.401 + i * 5e-4, t: T + i * 1000 }));
            field.place("anna", way[2]);
            field.trail("anna", way);
            await frame();
            const before = [pixelOf(52.1, -0.4), pixelOf(52.1, -0.4008)].map((pixel) => pixel.split(",")[3]);
            field.remove("anna");
            await frame();
            return [...before, pixelOf(52.1, -0.4), pixelOf(52.1, -0.4008)].join(" ");
            """);
    assertThat(alpha).isEqualTo("255 255 0,0,0,0 0,0,0,0");
  }

  @Test
  void trailIsDrawnUpToTheDotAndNotAcrossASilence() {
    Object seen =
        ask(
            """
            const at = (lon, s) => ({ lat: 52.1, lon, t: T + s * 1000 });
            const way = [at(-0.404, 0), at(-0.403, 10), at(-0.402, 131), at(-0.401, 140), at(-0.399, 150)];
            field.place("anna", way[3]);
            field.look("anna", { colour: "rgb(1, 2, 3)", state: "live" });
            field.trail("anna", way);
            await frame();
            return [-0.4035, -0.4025, -0.4015, -0.4, -0.3995].map((lon) => pixelOf(52.1, lon).split(",")[3]).join();
            """);
    assertThat(seen).isEqualTo("255,0,255,0,0");
  }

  @Test
  void trailBehindAGhostIsDrawnInFullAndTheRestFaint() {
    Object seen =
        ask(
            """
            const way = [0, 10, 20].map((s) => ({ lat: 52.1, lon: -0.404 + s * 2e-4, t: T + s * 1000 }));
            field.look("anna", { colour: "rgb(1, 2, 3)", state: "live" });
            field.place("anna", way[2]);
            field.trail("anna", way);
            field.ghost({ ...way[1], colour: "rgb(1, 2, 3)", id: "anna" });
            await frame();
            const during = [-0.403, -0.402, -0.401].map((lon) => Number(pixelOf(52.1, lon).split(",")[3]));
            field.ghost(null);
            await frame();
            return [during[0], during[1], during[2] > 50 && during[2] < 150, pixelOf(52.1, -0.401)].join(" ");
            """);
    assertThat(seen).isEqualTo("255 255 true 1,2,3,255");
  }

  @Test
  void coloursFollowTheSchemeOfTheBrowser() {
    String draw =
        """
        field.place("anna", { lat: 52.1, lon: -0.4, t: T });
        field.look("anna", { colour: "rgb(1, 2, 3)", state: "sos" });
        await frame();
        return pixelOf(52.1, -0.4);
        """;
    assertThat(ask(draw)).isEqualTo("184,55,27,255");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.waitForFunction("() => pixelOf(52.1, -0.4) === '255,122,89,255'");
  }

  @Test
  void sharpScreenGetsAFinerCanvas() {
    try (var sharp = chromium.sharp(360, 640, 3)) {
      page = sharp.newPage();
      open(page);
      Object seen =
          ask(
              """
              field.place("anna", { lat: 52.1, lon: -0.4, t: T });
              field.look("anna", { colour: "rgb(1, 2, 3)", state: "live" });
              await frame();
              const canvas = document.querySelector(".leaflet-field-pane canvas");
              return [canvas.width / canvas.clientWidth, pixelOf(52.1, -0.4)].join(" ");
              """);
      assertThat(seen).isEqualTo("2 1,2,3,255");
    }
  }

  @Test
  @Timeout(120)
  void twoThousandRunnersAreDrawnOnceAFrame() throws IOException {
    Map<?, ?> round = (Map<?, ?>) page.evaluate(CROWD, SECONDS);
    System.out.println("2,000 runners: " + round);
    assertThat(round.get("shown")).isEqualTo(2000);
    assertThat(round.get("ahead")).isEqualTo(0);
    assertThat(round.get("unseen")).isEqualTo(0);
    int frames = number(round, "frames");
    assertThat(frames).isPositive().isLessThanOrEqualTo(number(round, "turns") + 1);
    String report = System.getProperty("proof.report", "");
    if (!report.isEmpty()) {
      Report.write(report, words(round));
    }
  }

  private static int number(Map<?, ?> round, String name) {
    return (int) Math.round(Double.parseDouble(String.valueOf(round.get(name))));
  }

  private static String words(Map<?, ?> round) {
    double seconds = number(round, "ms") / 1000.0;
    return """
    Chromium %s, drawn by the processor, 1280x800, 2,000 runners, %.0f s after 2 s.

    | positions placed | frames | frames/s | longest between two frames, ms | ahead of the newest |
    |---|---|---|---|---|
    | %,d | %,d | %.1f | %d | %d |
    """
        .formatted(
            chromium.version(),
            seconds,
            number(round, "placed"),
            number(round, "frames"),
            number(round, "frames") / seconds,
            number(round, "longest"),
            number(round, "ahead"));
  }

  /** Moves 2,000 runners at 1 Hz, a tenth of them each 100 ms, and looks at all of them. */
  private static final String CROWD =
      """
      async (seconds) => {
        const hues = ["#0B6FB8", "#B8371B", "#1E7B4A", "#8B3FA8", "#8A5A00", "#00787A", "#C02670", "#3D4A5C"];
        map.setView([52.1, -0.4], 14, { animate: false });
        const bounds = map.getBounds().pad(-0.05);
        const runners = Array.from({ length: 2000 }, (_, i) => ({
          id: `race/${i}`,
          lat: bounds.getSouth() + ((i * 0.618) % 1) * (bounds.getNorth() - bounds.getSouth()),
          lon: bounds.getWest() + (i / 2000) * (bounds.getEast() - bounds.getWest()),
          heading: (i * 37) % 360,
          t: 0,
        }));
        runners.forEach(({ id }, i) => field.look(id, { colour: hues[i % 8], state: "live", label: String(i) }));
        let round = 0;
        let placed = 0;
        const place = () => {
          round++;
          for (let i = round % 10; i < runners.length; i += 10) {
            const runner = runners[i];
            const angle = (runner.heading * Math.PI) / 180;
            runner.lat += (Math.cos(angle) * 3) / 111_000;
            runner.lon += (Math.sin(angle) * 3) / 68_000;
            runner.t = T + round * 100;
            field.place(runner.id, { ...runner, acc: 8 });
            placed++;
          }
        };
        const placing = setInterval(place, 100);
        await new Promise((end) => setTimeout(end, 2000));
        const [before, since, placedBefore] = [field.frames(), performance.now(), placed];
        let [turns, longest, last, ahead] = [0, 0, since, 0];
        while (performance.now() - since < seconds * 1000) {
          await new Promise(requestAnimationFrame);
          const now = performance.now();
          longest = Math.max(longest, now - last);
          last = now;
          turns++;
          const { id, t } = runners[turns % 2000];
          if (field.shown(id).t > t) ahead++;
        }
        const [frames, ms, placedThen] = [field.frames() - before, performance.now() - since, placed - placedBefore];
        clearInterval(placing);
        await new Promise((end) => setTimeout(end, 1100));
        await frame();
        const shown = runners.filter(({ id, lat, lon, t }) => {
          const at = field.shown(id);
          return at.lat === lat && at.lon === lon && at.t === t;
        }).length;
        const unseen = runners.filter(({ lat, lon }) => pixelOf(lat, lon).split(",")[3] !== "255").length;
        return { frames, turns, ms, longest: Math.round(longest), placed: placedThen, shown, ahead, unseen };
      }
      """;
}
