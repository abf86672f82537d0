package dev.trackside.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Running;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The files of the runner's page: loaded, kept and installed by a browser. */
final class RunPageTest {
  private static final Pattern KEPT = Pattern.compile("\"(/[^\"]+)\",\n");
  private static final Pattern LINKED = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"");
  private static final Pattern IMPORTED = Pattern.compile("from \"(\\.\\.?/[a-z/]+\\.js)\"");

  private Running server;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    server = Running.with();
    calls = new Calls(server.http());
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private static Set<String> all(Pattern pattern, String text) {
    var found = new LinkedHashSet<String>();
    for (MatchResult match : pattern.matcher(text).results().toList()) {
      found.add(match.group(1));
    }
    return found;
  }

  /** The directory of the files that a page names. */
  private static String assets(String page) {
    return all(Pattern.compile("\"(/assets/[0-9a-f]{16}/)shared/page.css\""), page)
        .iterator()
        .next();
  }

  private Set<String> kept() throws Exception {
    return all(KEPT, calls.get("/run-worker.js").text());
  }

  @Test
  void pageIsNotIndexedAndAskedForAnewEachTime() throws Exception {
    Answer page = calls.get("/run");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).startsWith("text/html");
    assertThat(page.header("x-robots-tag")).isEqualTo("noindex");
    assertThat(page.header("cache-control")).isEqualTo("no-cache");
    assertThat(page.header("content-security-policy"))
        .contains("script-src 'self'", "worker-src 'self'", "manifest-src 'self'");
    assertThat(calls.get("/run/").text()).isEqualTo(page.text());
  }

  @Test
  void workerMayLoadWhatThePageMayAndNamesItsVersion() throws Exception {
    Answer worker = calls.get("/run-worker.js");
    assertThat(worker.header("content-type")).startsWith("text/javascript");
    assertThat(worker.header("cache-control")).isEqualTo("no-cache");
    assertThat(worker.header("content-security-policy")).contains("connect-src 'self'");
    assertThat(worker.text()).containsPattern("KEPT = \"run-[0-9a-f]{16}\"");
  }

  @Test
  void everythingThatThePageLoadsIsKeptAndNothingThatIsNotThere() throws Exception {
    String page = calls.get("/run").text();
    var loaded = all(LINKED, page);
    loaded.remove("/");
    loaded.add("/run");
    String assets = assets(page);
    for (String language : List.of("en", "de", "fr", "es")) {
      loaded.add(assets + "shared/" + language + ".js");
    }
    var modules = new LinkedHashSet<>(Set.of(assets + "run/run.js"));
    while (!modules.isEmpty()) {
      String module = modules.removeFirst();
      loaded.add(module);
      for (String imported : all(IMPORTED, calls.get(module).text())) {
        String path = URI.create(module).resolve(imported).toString();
        if (loaded.add(path)) {
          modules.add(path);
        }
      }
    }
    assertThat(kept()).containsAll(loaded).hasSizeGreaterThan(15);
    for (String file : kept()) {
      assertThat(calls.get(file).status()).as(file).isEqualTo(200);
    }
  }

  @Test
  void manifestHasIconsThatAreThere() throws Exception {
    Answer answer = calls.get("/run.webmanifest");
    assertThat(answer.header("content-type")).startsWith("application/manifest+json");
    JsonNode manifest = answer.json();
    assertThat(manifest.path("start_url").asString()).isEqualTo("/run");
    assertThat(manifest.path("icons").findValuesAsString("sizes")).contains("192x192", "512x512");
    for (JsonNode icon : manifest.path("icons")) {
      Answer image = calls.get(icon.path("src").asString());
      assertThat(image.header("content-type")).isEqualTo(icon.path("type").asString());
    }
  }

  @Test
  void languagesSayTheSameThings() throws Exception {
    Pattern name = Pattern.compile("(?m)^  \"?([\\w.]+)\"?: \"");
    Set<String> english = all(name, calls.get("/assets/0/shared/en.js").text());
    for (String other : List.of("de", "fr", "es")) {
      assertThat(all(name, calls.get("/assets/0/shared/" + other + ".js").text()))
          .isEqualTo(english);
    }
    assertThat(english).hasSizeGreaterThan(50);
  }
}
