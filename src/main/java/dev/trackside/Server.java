package dev.trackside;

import dev.trackside.access.Access;
import dev.trackside.access.Origins;
import dev.trackside.api.Api;
import dev.trackside.hub.Hub;
import dev.trackside.live.Live;
import dev.trackside.track.MemoryTrackLog;
import dev.trackside.track.Numbers;
import dev.trackside.websocket.Door;
import dev.trackside.websocket.Limits;
import io.javalin.Javalin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

public final class Server {
  private final Javalin javalin;

  Server(Settings settings) throws Exception {
    var clock = InstantSource.system();
    var timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("timer").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    var numbers = new Numbers(settings.data(), clock);
    var log = new MemoryTrackLog(clock, numbers, MemoryTrackLog.Bounds.USUAL);
    int lanes = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    var hub = new Hub(log, lanes, timer, clock, Duration.ofSeconds(60));
    var live =
        new Live(log, hub, Access.whenOpen(true), timer, Duration.ofSeconds(10), "trackside dev");
    var api = new Api(log, hub, "", "");
    var pool = new QueuedThreadPool(32, 4);
    pool.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    javalin =
        Javalin.create(
            cfg -> {
              cfg.startup.showJavalinBanner = false;
              cfg.jetty.threadPool = pool;
              cfg.jetty.addConnector(
                  (server, http) -> {
                    var connector = new ServerConnector(server, new HttpConnectionFactory(http));
                    connector.setHost(settings.host());
                    connector.setPort(settings.port());
                    connector.setAcceptQueueSize(4096);
                    connector.setAcceptedSendBufferSize(128 * 1024);
                    return connector;
                  });
              cfg.jetty.modifyServer(
                  server ->
                      server.insertHandler(
                          new Door("/ws", Limits.USUAL, timer, new Origins(Set.of()), live::open)));
              api.install(cfg);
              cfg.routes.get("/health", ctx -> ctx.result("ok"));
            });
    javalin.start();
  }

  int port() {
    return javalin.port();
  }
}
