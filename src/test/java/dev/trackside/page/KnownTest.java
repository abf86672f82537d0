package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pages bring what is known with them, so that they need not ask first. */
final class KnownTest {
  private static final String HERE = "{\"lat\":52.5251,\"lon\":13.4,\"acc\":50}";
  private static final Pattern KNOWN =
      Pattern.compile("<script type=\"application/json\" id=\"known\">([^<]*)</script>");

  @TempDir private Path data;
  private Running server;
  private Calls calls;
  private String admin = "";

  @BeforeEach
  void start() throws Exception {
    server = Running.in(data);
    calls = new Calls(server.http());
    admin = Files.readString(data.resolve("admin-key")).strip();
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private static String known(Answer page) {
    var known = KNOWN.matcher(page.text());
    assertThat(known.find()).as(page.text()).isTrue();
    return known.group(1);
  }

  private static JsonNode withoutTime(String json) {
    return new JsonMapper().readTree(json.replaceAll("\"now\":\\d+", "\"now\":0"));
  }

  private void assertKnown(String page, String call, String... headers) throws Exception {
    assertThat(withoutTime(known(calls.get(page))))
        .isEqualTo(withoutTime(calls.get(call, headers).text()));
  }

  private String pathOf(Answer link) {
    return URI.create(link.json().path("url").asString()).getPath();
  }

  @Test
  void pagesHoldTheWholeAnswerOfTheCall() throws Exception {
    var anna = new Owner(calls, "anna", ",\"visibility\":\"public\"");
    anna.publish(HERE);
    var ben = new Owner(calls, "berlin/7", ",\"visibility\":\"public\"", admin);
    ben.publish(HERE);
    for (String embed : List.of("", "/embed")) {
      assertKnown(embed + "/r/anna", "/api/runners/anna/trail");
      assertKnown(embed + "/r/berlin/7", "/api/races/berlin/runners/7/trail");
      assertKnown(embed + "/race/berlin", "/api/races/berlin/runners");
    }
    assertKnown("/", "/api/runners");
    Answer page = calls.get("/r/anna");
    assertThat(page.header("cache-control")).isEqualTo("no-cache");
    assertThat(page.text())
        .contains("<svg id=\"first\" class=\"first\"", "class=\"dot\"", "class=\"halo\"");
    assertThat(calls.get("/race/no.race").status()).isEqualTo(404);
  }

  @Test
  void pageOfAPrivateRunnerHoldsNoPosition() throws Exception {
    var anna = new Owner(calls, "anna", ",\"name\":\"Anna\"");
    anna.publish(HERE);
    var ben = new Owner(calls, "berlin/7", "", admin);
    ben.publish(HERE);
    for (String path : List.of("/r/anna", "/embed/r/anna", "/r/berlin/7", "/race/berlin", "/")) {
      assertThat(calls.get(path).text()).doesNotContain("52.5251", "<svg id=\"first\"");
    }
    assertThat(known(calls.get("/r/anna"))).isEmpty();
    assertThat(known(calls.get("/r/nobody"))).isEmpty();
    String link = pathOf(anna.link("{}"));
    assertThat(calls.get(link).text()).contains("52.5251");
    assertThat(calls.get(link).header("cache-control")).isEqualTo("no-store");
    assertThat(calls.get("/embed" + link).header("cache-control")).isEqualTo("no-store");
    anna.change("{\"visibility\":\"public\"}");
    assertThat(calls.get("/r/anna").text()).contains("52.5251");
    anna.change("{\"visibility\":\"link\"}");
    assertThat(calls.get("/r/anna").text()).doesNotContain("52.5251");
  }

  @Test
  void linksOfRacesBringEverybodyAndWithoutAKeyWhoIsPublic() throws Exception {
    new Owner(calls, "berlin/7", ",\"visibility\":\"public\"", admin).publish(HERE);
    new Owner(calls, "berlin/8", "", admin).publish(HERE);
    Answer made = calls.post("/api/races/berlin/links", "{}", Owner.bearer(admin));
    String key = made.json().path("key").asString();
    assertKnown(pathOf(made), "/api/races/berlin/runners", Owner.bearer(key));
    assertThat(calls.get("/api/races/berlin/runners?key=" + key).json().path("runners")).hasSize(2);
    assertThat(calls.get("/api/races/berlin/runners?key=" + admin).json().path("runners"))
        .hasSize(2);
    JsonNode open = calls.get("/api/races/berlin/runners").json();
    assertThat(open.path("race").asString()).isEqualTo("berlin");
    assertThat(open.path("runners").path(0).path("id").asString()).isEqualTo("berlin/7");
    assertThat(open.path("runners")).hasSize(1);
    String id = made.json().path("id").asString();
    calls.call(
        "DELETE", "/api/races/berlin/links/" + id, BodyPublishers.noBody(), Owner.bearer(admin));
    assertThat(calls.get("/api/races/berlin/runners?key=" + key).status()).isEqualTo(403);
    assertThat(calls.get("/api/races/no.race/runners").status()).isEqualTo(400);
  }

  @Test
  void nothingThatIsKnownEndsItsScript() throws Exception {
    String nasty = "</script><script>alert(1)</script>@known@@first@$1\\\\";
    var anna = new Owner(calls, "anna", ",\"visibility\":\"public\",\"name\":\"" + nasty + "\"");
    anna.publish("{\"lat\":52.5,\"lon\":13.4,\"word\":\"<!--<script>\"}");
    Answer page = calls.get("/r/anna");
    JsonNode known = new JsonMapper().readTree(known(page));
    assertThat(known.path("name").asString()).isEqualTo(nasty.replace("\\\\", "\\"));
    assertThat(known.path("newest").path(0).path("word").asString()).isEqualTo("<!--<script>");
    assertThat(page.text())
        .doesNotContain("<script>alert", "<!--")
        .contains(
            "data-name=\"&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;@known@@first@$1\\\"");
    assertThat(known(calls.get("/"))).contains("\\u003c/script>");
  }
}
