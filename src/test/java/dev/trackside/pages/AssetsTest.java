package dev.trackside.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The files of the pages, as browsers keep them. */
final class AssetsTest {
  private static final Pattern NAMED =
      Pattern.compile("\"/assets/([0-9a-f]{16})/([a-z]+/[a-z0-9.-]+)\"");
  private static final Path ASSETS = Path.of("src/main/resources/public/assets");
  private static final String PART_OF_A_PAGE = "map/map.css";
  private static final List<String> PAGES =
      List.of("/", "/r/anna", "/race/berlin", "/run", "/run.webmanifest", "/run-worker.js");

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

  private Set<String> versions(Set<String> files) throws Exception {
    var versions = new LinkedHashSet<String>();
    for (String page : PAGES) {
      NAMED
          .matcher(calls.get(page).text())
          .results()
          .forEach(
              named -> {
                versions.add(named.group(1));
                files.add(named.group(2));
              });
    }
    NAMED
        .matcher(calls.get("/nowhere", "Accept", "text/html").text())
        .results()
        .forEach(named -> versions.add(named.group(1)));
    return versions;
  }

  @Test
  void everyFileIsNamedByAPageSoThatTheVersionIsOfAll() throws Exception {
    var named = new LinkedHashSet<String>();
    assertThat(versions(named)).hasSize(1);
    assertThat(calls.get("/").text()).contains(Files.readString(ASSETS.resolve(PART_OF_A_PAGE)));
    named.add(PART_OF_A_PAGE);
    try (var files = Files.walk(ASSETS)) {
      assertThat(named)
          .containsExactlyInAnyOrderElementsOf(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> ASSETS.relativize(file).toString())
                  .toList());
    }
  }

  @Test
  void filesOfTheVersionAreKeptForEverAndOfAnotherAskedForAnew() throws Exception {
    String version = versions(new LinkedHashSet<>()).iterator().next();
    Answer present = calls.get("/assets/" + version + "/shared/page.css");
    Answer other = calls.get("/assets/0123456789abcdef/shared/page.css");
    assertThat(present.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(other.header("cache-control")).isEqualTo("no-cache");
    assertThat(other.bytes()).isEqualTo(present.bytes());
    assertThat(calls.get("/assets/leaflet-1.9.4/leaflet.js").header("cache-control"))
        .isEqualTo("public, max-age=31536000, immutable");
    Answer zipped = calls.get("/assets/" + version + "/shared/page.css", "Accept-Encoding", "gzip");
    assertThat(zipped.header("content-encoding")).isEqualTo("gzip");
    for (String accepted : List.of("gzip;q=0", "identity")) {
      String path = "/assets/" + version + "/shared/page.css";
      assertThat(calls.get(path, "Accept-Encoding", accepted).header("content-encoding")).isEmpty();
    }
    assertThat(Calls.unzipped(zipped.bytes())).isEqualTo(present.bytes());
    assertThat(zipped.bytes()).hasSizeLessThan(present.bytes().length / 2);
  }
}
