package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Pages that a follow link opens. */
final class SharedPageTest {
  private static final String HERE = "{\"lat\":52.5,\"lon\":13.4}";
  private static final String[] HTML = {"Accept", "text/html"};

  @TempDir private Path data;
  private Running server;
  private Calls calls;
  private Owner anna;
  private JsonNode link;

  @BeforeEach
  void start() throws Exception {
    server = Running.in(data);
    calls = new Calls(server.http());
    anna = new Owner(calls, "anna", ",\"name\":\"Anna \\\"<b>&\"");
    anna.publish(HERE);
    link = anna.link("{}").json();
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private String path() {
    return URI.create(link.path("url").asString()).getPath();
  }

  @Test
  void linkOpensThePageOfItsRunner() throws Exception {
    Answer page = calls.get(path(), HTML);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("cache-control")).isEqualTo("no-store");
    assertThat(page.header("x-robots-tag")).isEqualTo("noindex");
    assertThat(page.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(page.text())
        .contains("data-feed=\"anna\" data-name=\"Anna &quot;&lt;b&gt;&amp;\"")
        .doesNotContain(link.path("key").asString());
  }

  @Test
  void linkThatHasEndedSaysSo() throws Exception {
    anna.call("DELETE", "/links/" + link.path("id").asString());
    Answer page = calls.get(path(), HTML);
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.header("cache-control")).isEqualTo("no-store");
    assertThat(page.text())
        .contains("This link has ended. Ask Anna &quot;&lt;b&gt;&amp; for a new one.");
  }

  @Test
  void linkThatNeverWasIsNotThere() throws Exception {
    Answer page = calls.get("/f/0000000000000000000000", HTML);
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.header("cache-control")).isEqualTo("no-store");
    assertThat(page.header("x-robots-tag")).isEqualTo("noindex");
  }

  @Test
  void keyOfTheRunnerIsNoLink() throws Exception {
    assertThat(calls.get("/f/" + anna.key, HTML).status()).isEqualTo(404);
  }

  @Test
  void pagesOfPrivateRunnersTellNothingAndAreNotIndexed() throws Exception {
    var ben = new Owner(calls, "ben", ",\"name\":\"Ben\",\"visibility\":\"public\"");
    ben.publish(HERE);
    Answer hidden = calls.get("/r/anna", HTML);
    Answer missing = calls.get("/r/xyzzy", HTML);
    Answer shown = calls.get("/r/ben", HTML);
    assertThat(hidden.header("x-robots-tag")).isEqualTo("noindex");
    assertThat(hidden.text()).isEqualTo(missing.text().replace("xyzzy", "anna"));
    assertThat(shown.header("x-robots-tag")).isEmpty();
    assertThat(shown.text()).contains("data-name=\"Ben\"");
  }

  @Test
  void raceLinkOpensThePageOfEverybody() throws Exception {
    String admin = Files.readString(data.resolve("admin-key")).strip();
    JsonNode made = calls.post("/api/races/berlin/links", "{}", Owner.bearer(admin)).json();
    Answer page = calls.get("/f/" + made.path("key").asString(), HTML);
    assertThat(page.text()).contains("data-feed=\"berlin/*\"");
  }

  @Test
  void noKeyIsEverLogged() throws Exception {
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(lines);
    String key = link.path("key").asString();
    try {
      anna.call("DELETE", "/links/" + link.path("id").asString());
      for (String path :
          new String[] {
            "/f/" + key,
            "/f//" + key,
            "/f/" + key + "/more",
            "/api/runners/anna?key=" + key,
            "/api/runners/anna/track?key=" + key + "&limit=x",
            "/api/runners/anna/events?key=" + key
          }) {
        Answer answer = calls.get(path);
        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(answer.text()).doesNotContain(key);
      }
      try (var client = TestClient.of(server, "{\"id\":\"anna\",\"key\":\"" + key + "\"}")) {
        client.closeCode();
      }
      try (var client =
          TestClient.of(server, "{\"id\":\"ben\",\"key\":\"" + anna.key + "\",\"pace\":-1}")) {
        assertThat(client.next().toString()).doesNotContain(anna.key);
        client.say("{\"id\":\"ben\",\"key\":[\"" + anna.key + "\"]}");
        assertThat(client.next().toString()).doesNotContain(anna.key);
        client.say("{\"key\":\"" + anna.key + "\",\"lat\":91,\"lon\":0,\"id\":\"ben\",");
        assertThat(client.next().toString()).doesNotContain(anna.key);
      }
    } finally {
      root.detachAppender(lines);
    }
    assertThat(lines.list)
        .noneMatch(line -> line.getFormattedMessage().contains(key))
        .noneMatch(line -> line.getFormattedMessage().contains(anna.key));
  }
}
