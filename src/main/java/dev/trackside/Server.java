package dev.trackside;

import static jakarta.servlet.DispatcherType.REQUEST;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.trackside.api.Api;
import dev.trackside.call.CallMemory;
import dev.trackside.call.Callers;
import dev.trackside.call.Errors;
import dev.trackside.call.SiteAddress;
import dev.trackside.caller.Caller;
import dev.trackside.demo.Rehearsal;
import dev.trackside.history.DataDirectory;
import dev.trackside.http.Edge;
import dev.trackside.http.ForwardedRequests;
import dev.trackside.live.Events;
import dev.trackside.ops.Gauges;
import dev.trackside.ops.Health;
import dev.trackside.options.Settings;
import dev.trackside.pages.Pages;
import dev.trackside.phone.Phones;
import dev.trackside.websocket.Door;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server: its rooms, and how they are reached. Runs from {@link #start} until it is closed. */
public final class Server implements AutoCloseable {
  private static final Duration GOODBYES = Duration.ofSeconds(3);
  private static final int SWEEP_SECONDS = 5;

  private final Settings settings;
  private final Rooms rooms;
  private final Edge edge;
  final Javalin javalin;
  private @Nullable Rehearsal rehearsal;

  private Server(Settings settings, Rooms rooms) {
    this.settings = settings;
    this.rooms = rooms;
    edge = new Edge(settings.edge(), rooms.timer, settings.proxies(), rooms.rates);
    javalin = Javalin.create(this::configure);
    rooms.gauges.add("connections", edge::connections);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    var door =
        new Door(
            "/ws",
            settings.connections(),
            rooms.timer,
            (origin, host) -> settings.origins().refusal(origin, host, "connect"),
            request -> rooms.live.receive((Caller) request.getAttribute(Caller.ATTRIBUTE)));
    config.jetty.modifyServer(server -> server.insertHandler(door));
    var forwarded = new ForwardedRequests(settings.proxies(), rooms.rates);
    config.jetty.modifyServletContextHandler(
        handler ->
            handler
                .addFilter(new CallMemory(settings.memory()), "/*", EnumSet.of(REQUEST))
                .setAsyncSupported(true));
    edge.install(config, settings.host(), settings.port(), forwarded);
    var callers = new Callers(rooms.rates);
    config.router.handlerWrapper(endpoint -> callers.inTurns(endpoint.handler));
    var site = new SiteAddress(settings.url());
    var pages =
        new Pages(rooms.access, rooms.lists, rooms.sights, site, settings.pages(), rooms.heavy);
    Health.addTo(config.routes, rooms.data.log()::trouble);
    new Events(rooms.live, callers, settings.streams()).addTo(config.routes);
    new Phones(rooms.intake, rooms.access, rooms.runs, callers, rooms.clock).addTo(config.routes);
    new Api(rooms.forCalls(), callers, settings.origins(), site, rooms.clock).addTo(config.routes);
    pages.addTo(config.routes);
    new Errors(pages::sendError, rooms.access, callers).addTo(config.routes);
  }

  /**
   * Opens the data directory and starts to listen.
   *
   * @throws IOException when it cannot start; the message is a sentence for the operator
   */
  public static Server start(Settings settings) throws IOException {
    var clock = new SteadyClock(InstantSource.system(), System::nanoTime);
    DataDirectory data = DataDirectory.open(settings.data(), clock);
    var server = new Server(settings, new Rooms(settings, data, clock));
    try {
      server.begin();
      return server;
    } catch (JavalinException e) {
      server.close();
      throw new IOException(
          "Cannot listen on %s port %d: %s"
              .formatted(settings.host(), settings.port(), Edge.reason(e)),
          e);
    }
  }

  private void begin() throws IOException {
    rooms.open();
    edge.watch();
    var _ = rooms.timer.scheduleWithFixedDelay(rooms::sweep, SWEEP_SECONDS, SWEEP_SECONDS, SECONDS);
    javalin.start();
    if (settings.demo()) {
      rehearsal = rooms.rehearsal();
      rehearsal.start();
    }
  }

  /** Where a browser on this machine finds it. */
  public URI address() {
    return settings.address(javalin.port());
  }

  /** Where the admin key is, unless it was chosen. */
  public Optional<Path> adminKey() {
    return rooms.data.adminKey().file();
  }

  /** Plain numbers about it, as metrics read them. */
  public Gauges gauges() {
    return rooms.gauges;
  }

  /** Takes nobody in any more, says goodbye to everybody, and ends. */
  @Override
  public void close() {
    if (rehearsal != null) {
      rehearsal.close();
    }
    edge.close();
    rooms.live.closeAll().completeOnTimeout(null, GOODBYES.toMillis(), MILLISECONDS).join();
    javalin.stop();
    rooms.close();
  }
}
