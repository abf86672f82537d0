package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Running;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs in Fiji, on both sides of the 180th meridian, as the maps show them. */
final class MeridianIT {
  private static final String COLOUR = "1,2,3,255";

  private static Running server;
  private static Calls calls;
  private static Chromium chromium;
  private BrowserContext browser;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    server = Running.with();
    calls = new Calls(server.http());
    chromium = new Chromium();
    walk("/api/runners/westwards", -179.9, -179.95, 179.95, 179.9);
    walk("/api/runners/eastwards", 179.9, 179.95, -179.95, -179.9);
    walk("/api/races/fiji/runners/1", 179.8, 179.9);
    walk("/api/races/fiji/runners/2", -179.8, -179.9);
    walk("/api/races/fiji/runners/3", 179.9, -179.9);
    walk("/api/races/suva/runners/1", 179.8, 179.9);
    walk("/api/races/suva/runners/2", -179.8, -179.9);
  }

  @AfterAll
  static void stop() throws IOException {
    chromium.close();
    calls.close();
    server.close();
  }

  @BeforeEach
  void open() {
    browser = chromium.somebody("en-GB", 1280, 800);
    page = browser.newPage();
  }

  @AfterEach
  void close() {
    browser.close();
  }

  /** Ten minutes between two places, as fast as anybody runs, the last one now. */
  private static void walk(String path, double... longitudes) throws Exception {
    long t = System.currentTimeMillis() - longitudes.length * 600_000L;
    var body = new StringBuilder();
    for (double lon : longitudes) {
      t += 600_000;
      body.append("{\"t\":%d,\"lat\":-16.8,\"lon\":%s}\n".formatted(t, lon));
    }
    assertThat(calls.post(path + "/positions", body.toString()).status()).isEqualTo(200);
  }

  /** How many km the map shows, as its scale says: at most 100 px of it are so long. */
  private double kilometres() {
    page.waitForFunction(
        "() => !document.getElementById('first') && !document.getElementById('centre').hidden");
    return Double.parseDouble(
        String.valueOf(
            page.evaluate(
                """
                () => {
                  const line = document.querySelector(".leaflet-control-scale-line");
                  const [, number, unit] = /([0-9]+) (k?m)/.exec(line.textContent);
                  const perPixel = (number * (unit === "km" ? 1 : 0.001)) / line.offsetWidth;
                  return perPixel * document.getElementById("map").clientWidth;
                }
                """)));
  }

  @ParameterizedTest
  @CsvSource({"/r/westwards, 200", "/r/eastwards, 200", "/race/fiji, 300"})
  void mapFramesTheShortWayAcross(String path, double mostKm) {
    page.navigate(server.http().resolve(path).toString());
    assertThat(kilometres()).isLessThan(mostKm);
  }

  @Test
  void distanceIsTheShortWay() {
    page.navigate(server.http().resolve("/r/eastwards").toString());
    page.waitForFunction(
        "() => /^2[01]\\.[0-9]+/.test(document.getElementById('distance').textContent)");
  }

  @Test
  void dotThatCrossesStaysInSight() throws Exception {
    page.navigate(server.http().resolve("/race/suva").toString());
    double before = kilometres();
    walk("/api/races/suva/runners/1", -179.99);
    page.waitForFunction("() => trackside.shown('suva/1')?.lon === -179.99");
    assertThat(kilometres()).isEqualTo(before);
  }

  @Test
  void trailDotAndGhostAreDrawnOnBothSides() {
    page.navigate(server.http().toString());
    Object seen =
        page.evaluate(
            """
            async () => {
              const assets = document.querySelector("script[src$='/spectator.js']").src.replace("spectator.js", "");
              const { openMap } = await import(`${assets}map.js`);
              const { openField } = await import(`${assets}field.js`);
              const { between } = await import(`${assets}motion.js`);
              const element = document.body.appendChild(document.createElement("div"));
              Object.assign(element.style, { position: "fixed", inset: 0, zIndex: 9999 });
              const map = openMap(element);
              const field = openField(map);
              const frame = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
              const pixel = (lon) => {
                const canvas = element.querySelector(".leaflet-field-pane canvas");
                const [to, from] = [canvas.getBoundingClientRect(), element.getBoundingClientRect()];
                const { x, y } = map.latLngToContainerPoint([-16.8, lon]);
                const at = [x + from.left - to.left, y + from.top - to.top].map((n) => Math.round((n * canvas.width) / to.width));
                return [...canvas.getContext("2d").getImageData(...at, 1, 1).data].join();
              };
              const T = 1795327521000;
              const way = [179.99, 179.998, -179.998, -179.99].map((lon, i) => ({ lat: -16.8, lon, t: T + i * 60000 }));
              const seen = [];
              for (const [id, points] of [["east", way], ["west", way.map(({ lon, ...more }) => ({ ...more, lon: -lon }))]]) {
                const edge = points[3].lon > 0 ? 180 : -180;
                const out = -Math.sign(edge);
                map.setView([-16.8, edge], 15, { animate: false });
                field.look(id, { colour: "rgb(1, 2, 3)", state: "live" });
                field.place(id, points[3], { glide: false });
                field.trail(id, points);
                field.ghost({ ...between(points[1], points[2], T + 90000), id, colour: "rgb(1, 2, 3)" });
                await frame();
                seen.push(...[-0.009, -0.001, 0].map((d) => pixel(edge + out * d)), field.shown(id).lon);
                field.ghost(null);
                await frame();
                seen.push(...[0.001, 0.005, 0.01].map((d) => pixel(edge + out * d)));
                field.remove(id);
              }
              return seen.join(" ");
            }
            """);
    List<String> all = List.of(String.valueOf(seen).split(" "));
    assertThat(all.subList(0, 3)).containsOnly(COLOUR);
    assertThat(all.get(3)).isEqualTo("-179.99");
    assertThat(all.subList(4, 10)).containsOnly(COLOUR);
    assertThat(all.get(10)).isEqualTo("179.99");
    assertThat(all.subList(11, 14)).containsOnly(COLOUR);
  }
}
