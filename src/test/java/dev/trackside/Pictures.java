package dev.trackside;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Takes the pictures of the documents, from recorded runs: {@code make pictures}. */
@Timeout(180)
final class Pictures {
  private static final Path DOCS = Path.of("docs");

  @Test
  void take() throws Exception {
    try (var server = Running.with("--demo");
        var chromium = new Chromium()) {
      Page phone = chromium.page(server.http() + "r/rehearsal/anna", 360, 740);
      phone.waitForFunction("() => trackside.trail().length >= 90", null, patiently());
      phone.screenshot(picture("follow.png"));
      Page desktop = chromium.page(server.http().toString(), 1200, 800);
      desktop.waitForFunction("() => document.querySelectorAll('#runners li').length >= 8");
      desktop.waitForFunction("() => document.querySelectorAll('.plate').length >= 8");
      desktop.screenshot(picture("first.png"));
    }
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
      var followers = new ArrayList<Client>();
      for (int i = 0; i < 3; i++) {
        followers.add(Client.of(server, phone.toFollow()));
      }
      for (int second = 0; second < 70 || !phone.text("#state").contains("3"); second++) {
        phone.runTo(route.next());
      }
      phone.page.screenshot(picture("run.png"));
      phone.page.setViewportSize(1200, 800);
      phone.runTo(route.next());
      phone.page.screenshot(picture("run-desktop.png"));
      followers.forEach(Client::close);
    }
  }

  private static Page.WaitForFunctionOptions patiently() {
    return new Page.WaitForFunctionOptions().setTimeout(120_000);
  }

  private static Page.ScreenshotOptions picture(String name) {
    return new Page.ScreenshotOptions().setPath(DOCS.resolve(name));
  }
}
