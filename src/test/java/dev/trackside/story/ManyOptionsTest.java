package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a client chooses does not multiply the work that all share. */
class ManyOptionsTest {
  @Test
  void howeverManyPacesAreAskedForThereAreFewChannels() throws Exception {
    try (var server = Running.with()) {
      var clients = new ArrayList<TestClient>();
      for (int i = 0; i < 60; i++) {
        String options = "\"follow\":[\"berlin/*\"],\"events\":true,\"trail\":%d".formatted(i);
        clients.add(TestClient.of(server, "{%s,\"pace\":%d}".formatted(options, i * 1_000)));
      }
      for (TestClient client : clients) {
        assertThat(client.next().get("type").asString()).isEqualTo("welcome");
      }
      assertThat(server.gauge("channels")).isLessThanOrEqualTo(8);
      clients.forEach(TestClient::close);
      await().until(() -> server.gauge("channels") == 0 && server.gauge("followed") == 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,100", "100,100", "101,200", "1001,2000", "30001,60000", "60000,60000"})
  void welcomeTellsThePaceThatIsKept(int asked, int kept) throws Exception {
    String first = "{\"id\":\"anna\",\"events\":true,\"pace\":%d}".formatted(asked);
    try (var server = Running.with();
        var client = TestClient.of(server, first)) {
      assertThat(client.next().get("pace").asInt()).isEqualTo(kept);
    }
  }

  @Test
  void statusIsToldToAllWhateverTheirOtherOptionsAre() throws Exception {
    String options = "{\"id\":\"berlin/*\",\"events\":true,\"pace\":%s}";
    try (var server = Running.with();
        var fast = TestClient.of(server, options.formatted("0,\"batch\":true"));
        var slow = TestClient.of(server, options.formatted("5000,\"codec\":\"compact\""))) {
      fast.next();
      slow.next();
      fast.say("{\"id\":\"berlin/7\",\"lat\":1,\"lon\":2}");
      assertThat(status(fast).get("state").asString()).isEqualTo("live");
      assertThat(status(slow).get("state").asString()).isEqualTo("live");
    }
  }

  private static JsonNode status(TestClient client) throws InterruptedException {
    JsonNode message = client.next();
    while (!message.path("type").asString().equals("status")) {
      message = client.next();
    }
    return message;
  }
}
