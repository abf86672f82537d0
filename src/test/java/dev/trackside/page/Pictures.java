package dev.trackside.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.trackside.support.Chromium;
import dev.trackside.support.Route;
import dev.trackside.support.RunnersPhone;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Takes the pictures of the documents, from recorded runs: {@code make pictures}. */
@Timeout(300)
final class Pictures {
  private static final Path DOCS = Path.of("docs");

  @Test
  void take() throws Exception {
    try (var server = Running.with("--demo");
        var chromium = new Chromium()) {
      String anna = server.http() + "r/rehearsal/anna";
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        String ending = scheme == ColorScheme.DARK ? "-dark.png" : ".png";
        Page phone = page(chromium, scheme, 390, 844, anna);
        phone.waitForFunction("() => trackside.trail().length >= 100", null, patiently());
        phone.screenshot(picture("follow" + ending));
        Page desktop = page(chromium, scheme, 1200, 800, anna);
        desktop.waitForFunction("() => trackside.complete()");
        desktop.click("#replay-tab");
        desktop.fill("#moment", "60000");
        desktop.screenshot(picture("replay" + ending));
        Page first = page(chromium, scheme, 1200, 800, server.http().toString());
        first.waitForFunction("() => document.querySelectorAll('#rows tr').length >= 8");
        first.waitForFunction("() => trackside.runners().every(({ id }) => trackside.shown(id))");
        first.screenshot(picture("first" + ending));
      }
    }
  }

  private static Page page(
      Chromium chromium, ColorScheme scheme, int width, int height, String address) {
    Page page = chromium.somebody("en-GB", width, height).newPage();
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    page.navigate(address);
    page.waitForFunction("() => window.trackside");
    return page;
  }

  @Test
  void takeTheRunnersPage() throws Exception {
    Iterator<Route.Place> route = Route.bedford();
    try (var server = Running.with("--url=https://track.example");
        var chromium = new Chromium();
        var phone = new RunnersPhone(chromium, server.port(), "en-GB", 390)) {
      phone.page.addInitScript("navigator.getBattery = async () => ({ level: 0.78 });");
      phone.page.setViewportSize(390, 844);
      phone.at(route.next()).start("Anna");
      var followers = new ArrayList<TestClient>();
      for (int i = 0; i < 3; i++) {
        followers.add(TestClient.of(server, phone.toFollow()));
      }
      for (int second = 0; second < 70 || !phone.text("#state").contains("3"); second++) {
        phone.runTo(route.next());
      }
      phone.page.screenshot(picture("run.png"));
      phone.page.setViewportSize(1200, 800);
      phone.runTo(route.next());
      phone.page.screenshot(picture("run-desktop.png"));
      followers.forEach(TestClient::close);
    }
  }

  private static Page.WaitForFunctionOptions patiently() {
    return new Page.WaitForFunctionOptions().setTimeout(120_000);
  }

  private static Page.ScreenshotOptions picture(String name) {
    return new Page.ScreenshotOptions().setPath(DOCS.resolve(name));
  }
}
