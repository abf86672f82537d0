package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page on the smallest phone: nothing sticks out, and everything is large enough to hit. */
final class SmallScreenIT {
  @TempDir private static Path data;
  private static Running server;
  private static Calls calls;
  private static Chromium chromium;

  @BeforeAll
  static void open() throws Exception {
    server = Running.in(data);
    calls = new Calls(server.http());
    chromium = new Chromium();
    String adminKey = Files.readString(data.resolve("admin-key")).strip();
    String open = ",\"visibility\":\"public\",\"name\":\"";
    for (Owner owner :
        List.of(
            new Owner(calls, "anna", open + "Anna\""),
            new Owner(calls, "city/1", open + "Ben\"", adminKey),
            new Owner(calls, "city/2", open + "Cleo\"", adminKey))) {
      owner.publish("[{\"lat\":52.13,\"lon\":-0.46},{\"lat\":52.14,\"lon\":-0.46,\"alt\":99}]");
    }
  }

  @AfterAll
  static void close() throws IOException {
    chromium.close();
    calls.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-GB", "de-DE", "fr-FR", "es-ES"})
  void nothingSticksOutAndEverythingCanBeHit(String locale) {
    var wrong = new ArrayList<String>();
    try (var spectator = new SpectatorsPage(chromium.somebody(locale, 320, 640))) {
      Page page = spectator.page;
      for (String path : List.of("/", "/r/anna", "/r/nobody", "/race/city", "/embed/r/anna")) {
        spectator.open(server.port(), path);
        page.waitForFunction("() => document.querySelector('#state').textContent");
        fits(page, path, wrong);
        if (!path.startsWith("/embed")) {
          for (String key : List.of("l", "s", "r")) {
            page.keyboard().press(key);
            fits(page, path + " " + key, wrong);
          }
        }
      }
      page.navigate(server.http() + "run");
      page.waitForSelector("#start");
      fits(page, "/run", wrong);
    }
    assertThat(wrong).isEmpty();
  }

  private static void fits(Page page, String what, List<String> wrong) {
    Object found =
        page.evaluate(
            """
            async () => {
              await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
              const wide = document.documentElement.scrollWidth;
              const cut = [...document.querySelectorAll("button, .button, select, dd, dt, h1, h2, p, label, a")]
                  .filter((one) => one.checkVisibility() && !one.closest(".leaflet-container, .unseen, .how"))
                  .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 || (one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0))
                  .map((one) => `${one.id || one.className || one.nodeName} ${one.textContent}`);
              const small = [...document.querySelectorAll("button, .button, select, .leaflet-bar a")]
                  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
                  .map((one) => `small: ${one.id || one.className} ${one.textContent}`);
              cut.push(...small);
              return [...(wide > 320 ? [`${wide} px`] : []), ...cut].join("; ");
            }
            """);
    if (!"".equals(found)) {
      wrong.add(what + ": " + found);
    }
  }
}
