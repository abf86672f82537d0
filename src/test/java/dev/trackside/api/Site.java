package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Origins;
import dev.trackside.access.PublicUrl;
import dev.trackside.hub.Hub;
import dev.trackside.support.Calls;
import dev.trackside.support.MemoryRegistry;
import dev.trackside.track.TrackLog;
import io.javalin.Javalin;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The HTTP calls alone, on a log of the test's own. */
final class Site implements AutoCloseable {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Hub hub;
  private final Javalin server;
  final Calls calls;

  Site(TrackLog log) {
    this(log, MemoryRegistry.access(log, true), Duration.ofSeconds(60));
  }

  Site(TrackLog log, Access access, Duration quietAfter) {
    hub = new Hub(1, timer, InstantSource.system(), quietAfter, access);
    var api =
        new Api(
            log,
            hub,
            access,
            MemoryRegistry.callers(),
            new Origins(Set.of("https://club.example")),
            new PublicUrl(""),
            InstantSource.system(),
            PageTerms.USUAL);
    server =
        Javalin.create(
                cfg -> {
                  cfg.startup.showJavalinBanner = false;
                  cfg.jetty.host = "127.0.0.1";
                  api.install(cfg);
                })
            .start(0);
    calls = new Calls(address());
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  Javalin server() {
    return server;
  }

  @Override
  public void close() {
    calls.close();
    server.stop();
    hub.close();
    timer.shutdown();
  }
}
