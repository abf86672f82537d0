package dev.trackside.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.sse.StreamLimits;
import dev.trackside.support.House;
import dev.trackside.support.MoodyLog;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A disk that stores positions but cannot be read. */
class UnreadableTest {
  @Test
  void eventStreamThatCannotBeReadForEndsWithAGoodbye() throws Exception {
    var clock = InstantSource.system();
    var log =
        new MoodyLog(
            new MemoryTrackLog(clock, new AtomicLong(1)::getAndIncrement, MemoryTrackLog.USUAL));
    log.failAfter(0);
    try (var house = new House(log);
        var client = HttpClient.newHttpClient()) {
      var settings = new Live.SessionSettings(Duration.ofSeconds(10), "test", Rates.USUAL);
      var live =
          new Live(house.intake, house.hub, house.views, house.access, house.timer, settings);
      var server =
          Javalin.create(
                  cfg -> {
                    cfg.startup.showJavalinBanner = false;
                    cfg.jetty.host = "127.0.0.1";
                    new Events(live, house.callers(), StreamLimits.USUAL).addTo(cfg.routes);
                  })
              .start(0);
      var uri =
          URI.create("http://127.0.0.1:" + server.port() + "/api/runners/anna/events?after=5");
      var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).endsWith("event: goodbye\ndata: {\"code\":1013}\n\n");
      await().until(() -> house.hub.subscribers() == 0 && house.hub.channels() == 0);
      server.stop();
    }
  }
}
