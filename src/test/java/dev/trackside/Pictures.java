package dev.trackside;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Takes the pictures of the documents, from the rehearsal: {@code make pictures}. */
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

  private static Page.WaitForFunctionOptions patiently() {
    return new Page.WaitForFunctionOptions().setTimeout(120_000);
  }

  private static Page.ScreenshotOptions picture(String name) {
    return new Page.ScreenshotOptions().setPath(DOCS.resolve(name));
  }
}
