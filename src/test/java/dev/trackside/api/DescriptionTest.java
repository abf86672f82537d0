package dev.trackside.api;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Running;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The OpenAPI description says what a running server does. */
class DescriptionTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final String ANNA = "/api/runners/{id}";
  private static final String BERLIN = "/api/races/{race}/runners/{bib}";

  private Running server;
  private Calls calls;
  private JsonNode description;
  private Schemas schemas;

  @BeforeEach
  void start() throws Exception {
    server = Running.with();
    calls = new Calls(server.http());
    description = calls.get("/api/openapi.json").json();
    schemas = new Schemas(description);
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private static boolean isCall(String route) {
    String path = route.substring(route.indexOf(' ') + 1);
    return path.startsWith("/api/")
        || path.startsWith("/phone/")
        || List.of("/health", "/ready", "/pub").contains(path);
  }

  @Test
  void everyRouteIsDescribedAndEverythingDescribedIsARoute() {
    var described = new HashSet<String>();
    description
        .path("paths")
        .forEachEntry(
            (path, item) ->
                item.propertyNames().stream()
                    .filter(METHODS::contains)
                    .forEach(
                        method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    Set<String> routes =
        server.routes().stream()
            .filter(DescriptionTest::isCall)
            .filter(
                route ->
                    METHODS.contains(
                        route.substring(0, route.indexOf(' ')).toLowerCase(Locale.ROOT)))
            .collect(toSet());
    assertThat(described).isEqualTo(routes).hasSizeGreaterThan(15);
  }

  @Test
  void whatIsReadOverHttpIsTakenByHeadToo() {
    Set<String> routes = server.routes();
    assertThat(routes)
        .filteredOn(route -> route.startsWith("GET /api/"))
        .allMatch(route -> routes.contains(route.replace("GET", "HEAD")));
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<JsonNode> references = description.findValues("$ref");
    assertThat(references).hasSizeGreaterThan(50);
    assertThat(references)
        .allMatch(ref -> !description.at(ref.asString().substring(1)).isMissingNode());
    assertThat(description.findValuesAsString("operationId")).doesNotHaveDuplicates();
  }

  @Test
  void everyExampleFitsItsSchema() {
    var contents = new ArrayList<>(description.findValues("application/json"));
    contents.addAll(description.findValues("application/geo+json"));
    assertThat(contents).hasSizeGreaterThan(20);
    for (JsonNode content : contents) {
      var examples = new ArrayList<>(content.path("examples").findValues("value"));
      if (content.has("example")) {
        examples.add(content.path("example"));
      }
      for (JsonNode example : examples) {
        assertThat(schemas.flaws(example, content.path("schema"))).isEmpty();
      }
    }
  }

  /** Makes a call and checks the answer against the description. */
  private void assertAsDescribed(String method, String path, String query, String body, int status)
      throws Exception {
    String address =
        path.replace("{id}", "anna").replace("{race}", "berlin").replace("{bib}", "1042") + query;
    Answer answer =
        calls.call(method.toUpperCase(Locale.ROOT), address, BodyPublishers.ofString(body));
    assertThat(answer.status()).as(address).isEqualTo(status);
    JsonNode responses = description.path("paths").path(path).path(method).path("responses");
    JsonNode response = schemas.resolved(responses.path(String.valueOf(status)));
    assertThat(response.isMissingNode()).as(method + address + " " + status).isFalse();
    response
        .path("headers")
        .propertyNames()
        .forEach(name -> assertThat(answer.header(name)).as(name).isNotEmpty());
    String type = answer.header("content-type").replaceFirst(";.*", "");
    assertThat(response.path("content").propertyNames())
        .isEqualTo(type.isEmpty() ? Set.of() : Set.of(type));
    if (type.endsWith("json")) {
      JsonNode schema = response.path("content").path(type).path("schema");
      assertThat(schemas.flaws(answer.json(), schema)).as(answer.text()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({ANNA, BERLIN})
  void examplesAreAnsweredAsTheDescriptionSays(String runner) throws Exception {
    assertAsDescribed("get", runner, "", "", 404);
    JsonNode bodies =
        description
            .path("paths")
            .path(runner + "/positions")
            .path("post")
            .path("requestBody")
            .path("content");
    var examples = new ArrayList<String>();
    bodies
        .path("application/json")
        .path("examples")
        .forEach(e -> examples.add(e.get("value").toString()));
    examples.add(bodies.path("application/x-ndjson").path("example").asString());
    assertThat(examples).hasSize(3);
    for (String example : examples) {
      assertAsDescribed("post", runner + "/positions", "", example, 200);
    }
    assertAsDescribed("post", runner + "/positions", "", "[{\"lat\":91.2}]", 200);
    assertAsDescribed("post", runner + "/positions", "", "[{\"lat\":1", 400);
    assertAsDescribed("post", runner + "/positions", "", "[" + "{},".repeat(10_000) + "{}]", 413);
    assertAsDescribed("get", runner, "", "", 200);
    for (String form : List.of("", ".geojson", ".gpx")) {
      String path = runner + "/track" + form;
      assertAsDescribed("get", path, "?from=2026-11-22T00:00:00Z&limit=100", "", 200);
      assertAsDescribed("get", path, "?limit=0", "", 400);
      assertAsDescribed("get", path, "?after=9007199254740000", "", 410);
    }
    assertAsDescribed("get", runner + "/trail", "", "", 200);
    assertAsDescribed("get", runner + "/events", "?pace=x", "", 400);
    assertAsDescribed("delete", runner, "", "", 204);
    assertAsDescribed("delete", runner, "", "", 404);
    assertAsDescribed("get", runner + "/trail", "", "", 404);
  }

  @Test
  void whatARunnerAsksWithTheirKeyIsAnsweredAsTheDescriptionSays() throws Exception {
    assertAsDescribed("get", ANNA + "/apps", "", "", 404);
    assertAsDescribed("post", "/api/runners", "", "{\"id\":\"ben\"}", 201);
    String key = calls.post("/api/runners", "{\"id\":\"anna\"}").json().path("key").asString();
    for (String path : List.of("/api/me", ANNA + "/apps")) {
      assertAsDescribed("get", path, "?key=" + key, "", 200);
      assertAsDescribed("get", path, "", "", 401);
    }
    assertAsDescribed("get", "/api/me", "?key=" + key + "0", "", 401);
    assertAsDescribed("get", ANNA + "/apps", "?key=" + key + "0", "", 403);
    assertAsDescribed("post", ANNA + "/links", "?key=" + key, "{}", 201);
  }

  @Test
  void otherCallsAreAnsweredAsTheDescriptionSays() throws Exception {
    calls.post("/api/races/berlin/runners/1042/positions", "{\"lat\":52.52,\"lon\":13.405}");
    List<String> paths =
        List.of(
            "/api/runners", "/api/races/{race}/runners", "/api/openapi.json", "/health", "/ready");
    for (String path : paths) {
      assertAsDescribed("get", path, "", "", 200);
    }
  }
}
