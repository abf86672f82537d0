package dev.trackside.story;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server that keeps positions of three unclaimed ids, and of no more. */
class UnclaimedTest {
  private static final String THREE = "--unclaimed=3";

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path data;
  private Running server;

  @BeforeEach
  void start() throws IOException {
    server = Running.in(data, THREE);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    http.close();
  }

  private HttpResponse<String> call(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.http().resolve(path))
            .method(method, BodyPublishers.ofString(body));
    return http.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  private int post(String id) throws IOException, InterruptedException {
    return call("POST", "/api/runners/" + id + "/positions", "{\"lat\":1,\"lon\":2}").statusCode();
  }

  private void fill() throws IOException, InterruptedException {
    for (String id : new String[] {"a", "b", "c"}) {
      assertThat(post(id)).isEqualTo(200);
    }
  }

  @Test
  void furtherIdIsRefusedAndTheOthersGoOn() throws Exception {
    fill();
    HttpResponse<String> refused =
        call("POST", "/api/runners/d/positions", "{\"lat\":1,\"lon\":2}");
    assertThat(refused.statusCode()).isEqualTo(403);
    JsonNode error = new JsonMapper().readTree(refused.body()).get("error");
    assertThat(error.get("code").asString()).isEqualTo("not_allowed");
    assertThat(error.get("message").asString())
        .contains("d")
        .contains("at most 3")
        .contains("claim");
    assertThat(call("GET", "/api/runners/d", "").statusCode()).isEqualTo(404);
    fill();
  }

  @Test
  void furtherIdOverTheWebSocketIsRefusedAndTheConnectionStays() throws Exception {
    fill();
    try (var client = TestClient.of(server, "{\"id\":\"d\",\"events\":true}")) {
      assertThat(client.next().get("type").asString()).isEqualTo("welcome");
      JsonNode error = client.say("{\"lat\":1,\"lon\":2}").next();
      assertThat(error.get("code").asString()).isEqualTo("not_allowed");
      assertThat(error.get("message").asString()).contains("claim");
      JsonNode ack = client.say("{\"lat\":1,\"lon\":2,\"ref\":7}").next();
      assertThat(ack.get("verdict").asString()).isEqualTo("refused");
      assertThat(ack.get("message").asString()).contains("claim");
      ack = client.say("{\"id\":\"a\",\"lat\":1,\"lon\":2,\"ref\":8}").next();
      assertThat(ack.get("verdict").asString()).isEqualTo("accepted");
    }
  }

  @Test
  void claimedRunnerNeedsNoRoom() throws Exception {
    claimAtTheBound();
  }

  private void claimAtTheBound() throws Exception {
    fill();
    HttpResponse<String> claimed = call("POST", "/api/runners", "{\"id\":\"d\"}");
    assertThat(claimed.statusCode()).isEqualTo(201);
    String key = new JsonMapper().readTree(claimed.body()).get("key").asString();
    assertThat(
            call(
                    "POST",
                    "/api/runners/d/positions",
                    "{\"lat\":1,\"lon\":2}",
                    "Authorization",
                    "Bearer " + key)
                .statusCode())
        .isEqualTo(200);
    assertThat(post("e")).isEqualTo(403);
  }

  @Test
  void erasedRunnerGivesRoom() throws Exception {
    fill();
    assertThat(call("DELETE", "/api/runners/b", "").statusCode()).isEqualTo(204);
    assertThat(post("d")).isEqualTo(200);
    assertThat(post("b")).isEqualTo(403);
  }

  @Test
  void unclaimedRunnersAreCountedAfterARestart() throws Exception {
    fill();
    assertThat(call("DELETE", "/api/runners/b", "").statusCode()).isEqualTo(204);
    server.close();
    server = Running.in(data, THREE);
    assertThat(post("d")).isEqualTo(200);
    assertThat(post("b")).isEqualTo(403);
    assertThat(post("a")).isEqualTo(200);
    server.close();
    server = Running.in(data, "--unclaimed=0");
    assertThat(post("a")).as("who is there goes on").isEqualTo(200);
    assertThat(post("b")).isEqualTo(403);
  }

  @Test
  void claimsAreKnownToTheCountAfterARestart() throws Exception {
    claimAtTheBound();
    server.close();
    server = Running.in(data, "--unclaimed=4");
    assertThat(post("e")).isEqualTo(200);
    assertThat(post("f")).isEqualTo(403);
  }

  @Test
  void ofManyWhoComeAtOnceExactlySoManyAreTaken() throws Exception {
    server.close();
    server = Running.in(data, "--unclaimed=100");
    var taken = new AtomicInteger();
    var all = new ArrayList<CompletableFuture<Void>>();
    for (int c = 0; c < 8; c++) {
      int number = c;
      all.add(CompletableFuture.runAsync(() -> taken.addAndGet(bringAndCount(number, 50))));
    }
    for (CompletableFuture<Void> one : all) {
      one.get(60, SECONDS);
    }
    assertThat(taken).hasValue(100);
    assertThat(post("one-more")).isEqualTo(403);
  }

  /** Brings new ids at once; counts those that are taken. */
  private int bringAndCount(int number, int ids) {
    try (var client = TestClient.of(server, "{\"id\":\"own\",\"events\":true,\"echo\":false}")) {
      int taken = 0;
      for (int i = 0; i < ids; i++) {
        client.say("{\"id\":\"c%d-%d\",\"lat\":1,\"lon\":2,\"ref\":%d}".formatted(number, i, i));
      }
      for (int told = 0; told < ids; ) {
        JsonNode message = client.next();
        if (message.has("ref")) {
          told++;
          taken += message.get("verdict").asString().equals("accepted") ? 1 : 0;
        }
      }
      return taken;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
