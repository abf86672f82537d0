package dev.trackside.support;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The browser of this machine, without a window. */
public final class Chromium implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");

  /**
   * The popups of the address line, which each window loads with a second of CPU before anybody
   * types, and what Playwright does without: of two such switches only the last counts.
   */
  private static final String UNWANTED =
      """
      WebUIOmniboxPopup,WebUIOmniboxAimPopup,\
      AvoidUnnecessaryBeforeUnloadCheckSync,BlockOriginHeaderModificationOnRedirect,\
      BoundaryEventDispatchTracksNodeRemoval,DestroyProfileOnBrowserClose,\
      DialMediaRouteProvider,GlobalMediaControls,HttpsUpgrades,LensOverlay,MediaRouter,\
      OptimizationHints,PaintHolding,ThirdPartyStoragePartitioning,Translate""";

  private static final List<String> QUIETLY =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-features=" + UNWANTED);

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser;

  public Chromium() {
    this(List.of());
  }

  /**
   * @param unlike switches that Playwright usually sets, and that this browser goes without
   */
  private Chromium(List<String> unlike) {
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    .setArgs(QUIETLY)
                    .setIgnoreDefaultArgs(unlike));
  }

  /** A browser that keeps a page that was left, to show it again as it was. */
  public static Chromium thatKeepsPages() {
    return new Chromium(List.of("--disable-back-forward-cache"));
  }

  /** A page of that size, at an address. */
  public Page page(String address, int width, int height) {
    Page page =
        browser.newPage(
            new Browser.NewPageOptions().setViewportSize(width, height).setLocale("en-GB"));
    page.navigate(address);
    return page;
  }

  /** Another person's browser, which shares nothing with the others. */
  public BrowserContext somebody(String locale, int width, int height) {
    return browser.newContext(
        new Browser.NewContextOptions().setViewportSize(width, height).setLocale(locale));
  }

  /** A browser on a screen of that many pixels to each of the page's. */
  public BrowserContext sharp(int width, int height, double pixels) {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setViewportSize(width, height)
            .setDeviceScaleFactor(pixels)
            .setLocale("en-GB"));
  }

  public String version() {
    return browser.version();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
