package dev.trackside.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Owner;
import dev.trackside.support.Route.Place;
import dev.trackside.support.RunnersPhone;
import dev.trackside.support.Running;
import dev.trackside.support.SpectatorsPage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page in every state is free of what axe finds, on phone and desktop, light and dark. */
@Timeout(90)
final class AccessibleIT {
  private static final Place START = new Place(52.13, -0.46);
  private static final List<int[]> SIZES = List.of(new int[] {320, 640}, new int[] {1200, 800});
  private static final List<String> PANELS = List.of("list", "hand", "replay");

  private static final String LOOK =
      """
      async (coloursOnly) => {
        await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
        const { violations } = await axe.run(document, coloursOnly
          ? { runOnly: { type: "tag", values: ["cat.color"] } }
          : { rules: { "target-size": { enabled: true } } });
        const sticksOut = document.documentElement.scrollWidth - innerWidth;
        return [
          ...violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
              `${id} ${target}: ${failureSummary.replace(/\\s+/g, " ")}`)),
          ...(sticksOut > 0 ? [`sticks out by ${sticksOut} px`] : []),
        ];
      }
      """;

  @TempDir private static Path data;
  private static Running server;
  private static Calls calls;
  private static Chromium chromium;
  private static String axe;
  private static String adminKey;

  /** What is opened, and the words by which it is known to be in that state. */
  enum Opened {
    NOBODY_LIVE_YET("#state", "live"),
    NOBODY("#state", "Nobody has run as"),
    LIVE("#state", "live,"),
    DELAYED("#state", "delayed,"),
    SILENT("#state", "no signal since"),
    STOPPED("#state", "standing still"),
    SOS("#state", "asked for help"),
    FINISHED("#state", "finished"),
    ERASED("#state", "This run was erased."),
    NEEDS_A_KEY("#foot", "You need a link"),
    LINK("#state", "live,"),
    LINK_ENDED("#foot", "This link has ended."),
    RACE("#state", "2 live"),
    EMBEDDED("#state", "live,"),
    EMBEDDED_LINK("#state", "live,");

    private final String selector;
    private final String words;

    Opened(String selector, String words) {
      this.selector = selector;
      this.words = words;
    }
  }

  @BeforeAll
  static void open() throws Exception {
    try (var script = AccessibleIT.class.getResourceAsStream("/axe.min.js")) {
      if (script == null) {
        throw new FileNotFoundException("axe is not on the class path");
      }
      axe = new String(script.readAllBytes(), UTF_8);
    }
    server = Running.in(data, "--quiet=3");
    adminKey = Files.readString(data.resolve("admin-key")).strip();
    calls = new Calls(server.http());
    chromium = new Chromium();
  }

  @AfterAll
  static void close() throws IOException {
    chromium.close();
    calls.close();
    server.close();
  }

  private static Owner runner(String id, String more, long agoMs) throws Exception {
    var owner = new Owner(calls, id, ",\"name\":\"Anna\"" + more);
    runs(owner, agoMs, 1);
    return owner;
  }

  private static void runs(Owner owner, long agoMs, int strides) throws Exception {
    var body = new StringBuilder();
    long endMs = System.currentTimeMillis() - agoMs;
    for (int i = 240; i >= 0; i--) {
      body.append(
          "{\"t\":%d,\"lat\":%.6f,\"lon\":%s,\"acc\":9,\"alt\":31,\"battery\":18}%n"
              .formatted(endMs - i * 1000L, START.lat() + i * strides * 3e-5, START.lon()));
    }
    assertThat(owner.publish(body.toString()).json().path("accepted").asInt()).isEqualTo(241);
  }

  private static String pathOf(String url) {
    return URI.create(url).getPath();
  }

  /** Claims whoever is seen, opens the page, and brings it into the state. */
  private static void bring(SpectatorsPage spectator, Opened opened) throws Exception {
    String id = "axe-" + opened.name().toLowerCase(Locale.ROOT);
    String open = ",\"visibility\":\"public\"";
    switch (opened) {
      case NOBODY_LIVE_YET -> spectator.open(server.port(), "/");
      case NOBODY -> spectator.open(server.port(), "/r/" + id);
      case LIVE -> follow(spectator, runner(id, open, 0));
      case DELAYED -> follow(spectator, runner(id, open, 40_000));
      case SILENT -> follow(spectator, runner(id, open, 3_600_000));
      case STOPPED -> {
        var owner = new Owner(calls, id, open);
        runs(owner, 0, 0);
        follow(spectator, owner);
      }
      case SOS -> {
        Owner owner = runner(id, open, 0);
        owner.change("{\"sos\":true}");
        follow(spectator, owner);
      }
      case FINISHED -> {
        Owner owner = runner(id, open, 0);
        owner.change("{\"finished\":true}");
        follow(spectator, owner);
      }
      case ERASED -> {
        Owner owner = runner(id, open, 0);
        follow(spectator, owner);
        spectator.awaitState("live,");
        owner.call("DELETE", "");
      }
      case NEEDS_A_KEY -> follow(spectator, new Owner(calls, id, ""));
      case LINK ->
          spectator.open(
              server.port(), pathOf(runner(id, "", 0).link("{}").json().path("url").asString()));
      case LINK_ENDED -> {
        Owner owner = runner(id, "", 0);
        var link = owner.link("{}").json();
        spectator.open(server.port(), pathOf(link.path("url").asString()));
        spectator.awaitState("live,");
        owner.call("DELETE", "/links/" + link.path("id").asString());
      }
      case RACE -> {
        for (String bib : List.of("1", "2")) {
          runs(new Owner(calls, "axe/" + bib, open, adminKey), 0, 1);
        }
        spectator.open(server.port(), "/race/axe");
      }
      case EMBEDDED -> {
        runner(id, open, 0);
        spectator.open(server.port(), "/embed/r/" + id);
      }
      case EMBEDDED_LINK ->
          spectator.open(
              server.port(),
              "/embed" + pathOf(runner(id, "", 0).link("{}").json().path("url").asString()));
    }
    spectator.await(opened.selector, opened.words);
  }

  private static void follow(SpectatorsPage spectator, Owner owner) {
    spectator.open(server.port(), "/r/" + owner.id);
  }

  private static List<?> found(Page page, boolean coloursOnly) {
    return (List<?>) page.evaluate(LOOK, coloursOnly);
  }

  private static String said(List<?> found) {
    return String.join("; ", found.stream().map(String::valueOf).toList());
  }

  /** On phone and desktop, light and dark. The dark page differs in its colours alone. */
  private static void hasNothingWrong(Page page, String what) {
    for (int[] size : SIZES) {
      page.setViewportSize(size[0], size[1]);
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        assertThat(found(page, scheme == ColorScheme.DARK))
            .as("%s, %d px wide, %s", what, size[0], scheme)
            .isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsWrongWith(Opened opened) throws Exception {
    try (var spectator = SpectatorsPage.in(chromium)) {
      bring(spectator, opened);
      Page page = spectator.page;
      page.evaluate(axe);
      hasNothingWrong(page, "as it opens");
      if (opened == Opened.LIVE || opened == Opened.RACE || opened == Opened.NOBODY) {
        for (String panel : PANELS) {
          if (!page.isVisible("#" + panel)) {
            page.click("#" + panel + "-tab");
          }
          page.waitForSelector("#" + panel);
          hasNothingWrong(page, panel);
        }
      }
      assertThat(spectator.complaints).isEmpty();
    }
  }

  @Test
  void whatIsWrongIsFound() {
    try (var spectator = SpectatorsPage.in(chromium)) {
      Page page = spectator.open(server.port(), "/r/wrong").page;
      page.evaluate(axe);
      page.evaluate(
          """
          () => {
            document.querySelector("label[for=language]").remove();
            document.querySelector("#state").style.color = "#ccc";
            document.querySelector("#list-tab").style.minHeight = "5px";
            document.querySelector("#list-tab").style.width = "1000px";
          }
          """);
      assertThat(said(found(page, false))).contains("select-name", "color-contrast", "sticks out");
      assertThat(said(found(page, true))).contains("color-contrast").doesNotContain("select-name");
    }
  }

  @Test
  void nothingIsWrongWithAnAddressThatLeadsNowhere() {
    try (var browser = chromium.somebody("en-GB", 320, 640)) {
      Page page = browser.newPage();
      page.navigate(server.http() + "f/0000000000000000000000");
      page.waitForSelector("h1");
      page.evaluate(axe);
      hasNothingWrong(page, "error page");
    }
  }

  @Test
  void nothingIsWrongWithTheRunnersPage() throws Exception {
    try (var phone = RunnersPhone.in(chromium, server.port())) {
      phone.at(START).open("");
      phone.page.evaluate(axe);
      hasNothingWrong(phone.page, "before the start");
      phone.page.fill("#called", "Anna");
      phone.page.click("#start");
      phone.awaitHeard();
      hasNothingWrong(phone.page, "running");
    }
  }
}
