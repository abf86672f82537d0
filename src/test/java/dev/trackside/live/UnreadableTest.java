package dev.trackside.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.hub.Hub;
import dev.trackside.sse.EventStream;
import dev.trackside.support.MemoryRegistry;
import dev.trackside.track.Condition;
import dev.trackside.track.MemoryTrackLog;
import dev.trackside.track.TrackLog;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A disk that takes positions and gives none back. */
class UnreadableTest {
  private static TrackLog unreadable(TrackLog log) {
    return (TrackLog)
        Proxy.newProxyInstance(
            TrackLog.class.getClassLoader(),
            new Class<?>[] {TrackLog.class},
            (_, method, arguments) -> {
              if (method.getName().equals("latest") || method.getName().equals("after")) {
                throw new UncheckedIOException(new IOException("the disk is gone"));
              }
              return method.invoke(log, arguments);
            });
  }

  @Test
  void eventStreamThatCannotBeReadForEndsWithAGoodbye() throws Exception {
    var clock = InstantSource.system();
    var memory =
        new MemoryTrackLog(clock, new AtomicLong(1)::getAndIncrement, MemoryTrackLog.USUAL);
    try (var timer = Executors.newSingleThreadScheduledExecutor();
        var log = unreadable(memory);
        var hub = new Hub(1, timer, clock, Duration.ofSeconds(60), Condition.UNKNOWN);
        var client = HttpClient.newHttpClient()) {
      var live =
          new Live(
              log,
              hub,
              MemoryRegistry.access(log, true),
              timer,
              Duration.ofSeconds(10),
              "test",
              Rates.USUAL,
              _ -> false);
      var server =
          Javalin.create(
                  cfg -> {
                    cfg.startup.showJavalinBanner = false;
                    cfg.jetty.host = "127.0.0.1";
                    new Events(live, MemoryRegistry.callers(), EventStream.Limits.USUAL)
                        .addTo(cfg.routes);
                  })
              .start(0);
      var uri = URI.create("http://127.0.0.1:" + server.port() + "/api/runners/anna/events");
      var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).endsWith("event: goodbye\ndata: {\"code\":1013}\n\n");
      await().until(() -> hub.present() == 0 && hub.audiences() == 0);
      server.stop();
      timer.shutdownNow();
    }
  }
}
