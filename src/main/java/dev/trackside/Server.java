package dev.trackside;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.trackside.access.Access;
import dev.trackside.access.AdminKey;
import dev.trackside.access.Caller;
import dev.trackside.access.Callers;
import dev.trackside.access.Claim;
import dev.trackside.access.Gatekeeper;
import dev.trackside.access.Key;
import dev.trackside.access.Origins;
import dev.trackside.api.Api;
import dev.trackside.call.Intake;
import dev.trackside.demo.Course;
import dev.trackside.demo.Rehearsal;
import dev.trackside.history.SqliteRegistry;
import dev.trackside.history.SqliteTrackLog;
import dev.trackside.http.Edge;
import dev.trackside.hub.Hub;
import dev.trackside.live.Events;
import dev.trackside.live.Live;
import dev.trackside.ops.Health;
import dev.trackside.phone.Phones;
import dev.trackside.sse.EventStream;
import dev.trackside.track.Numbers;
import dev.trackside.track.Runner;
import dev.trackside.track.Unclaimed;
import dev.trackside.websocket.Door;
import dev.trackside.websocket.Limits;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The wiring of the rooms, and nothing else. Runs from construction until it is closed. */
public final class Server implements AutoCloseable {
  private static final Duration REGISTRATION = Duration.ofSeconds(10);
  private static final Duration GOODBYES = Duration.ofSeconds(3);
  private static final int SWEEP_SECONDS = 5;
  private static final int ACCEPT_QUEUE = 4_096;

  /** The kernel should not hold megabytes of stale positions for a slow spectator. */
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  private final Settings settings;
  private final EventStream.Limits streams;
  private final ScheduledThreadPoolExecutor timer;
  private final Numbers numbers;
  private final SqliteTrackLog log;
  private final SqliteRegistry registry;
  private final AdminKey admin;
  private final Hub hub;
  private final Access access;
  private final Callers callers;
  private final Future<?> sweeping;
  private final Live live;
  private final Phones phones;
  private final Api api;
  private final Edge edge;
  private final Javalin javalin;
  private final @Nullable Rehearsal rehearsal;

  /**
   * @throws IOException when it cannot start; the message is a sentence for the operator
   */
  public Server(Settings settings) throws IOException {
    this(settings, EventStream.Limits.USUAL);
  }

  public Server(Settings settings, EventStream.Limits streams) throws IOException {
    var clock = InstantSource.system();
    this.settings = settings;
    this.streams = streams;
    numbers = new Numbers(settings.data(), clock);
    try {
      admin = AdminKey.of(settings.adminKey(), settings.data());
      registry = new SqliteRegistry(settings.data());
    } catch (IOException e) {
      numbers.close();
      throw e;
    }
    List<Runner> claimed = registry.claims().stream().map(Claim::runner).toList();
    var unclaimed = new Unclaimed(settings.intake().unclaimed(), claimed);
    log = open(settings, numbers, registry, unclaimed, clock);
    timer = timer();
    access = new Access(registry, log, unclaimed, settings.open(), admin.hash(), clock, timer);
    int lanes = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    hub = new Hub(lanes, timer, clock, settings.quiet(), access);
    callers = new Callers(settings.limits().allowance(), System::nanoTime);
    sweeping = timer.scheduleWithFixedDelay(callers::sweep, SWEEP_SECONDS, SWEEP_SECONDS, SECONDS);
    var gate = new Gatekeeper(log, access, clock);
    live =
        new Live(
            gate,
            hub,
            access,
            timer,
            REGISTRATION,
            Version.text(),
            settings.intake().rates(),
            log::isNew);
    phones = new Phones(new Intake(gate, hub), access, clock);
    api = new Api(gate, hub, access, callers, origins(), settings.url(), clock, settings.pages());
    edge = edge();
    javalin = Javalin.create(this::configure);
    rehearsal = settings.demo() ? rehearsal(clock) : null;
    try {
      javalin.start();
    } catch (JavalinException e) {
      close();
      throw new IOException(
          "Cannot listen on %s port %d: %s"
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
    if (rehearsal != null) {
      Rehearsal.runners().forEach(log::forget);
      rehearsal.start();
    }
  }

  /** A proxy's connections are those of many. */
  private Edge edge() {
    LimitSettings limits = settings.limits();
    return new Edge(
        settings.edge().terms(limits.allowance().connections()),
        timer,
        address -> limits.proxies().trust(address) ? null : callers.of(address, false).countedAs());
  }

  /** Nobody but the rehearsal itself publishes as one of its runners. */
  private Rehearsal rehearsal(InstantSource clock) throws IOException {
    String key = Key.random();
    Rehearsal.runners().forEach(runner -> access.lend(runner, Key.of(key).hash()));
    return new Rehearsal(this::webSocket, Course.BEDFORD, clock, key);
  }

  private static SqliteTrackLog open(
      Settings settings,
      Numbers numbers,
      SqliteRegistry registry,
      Unclaimed unclaimed,
      InstantSource clock)
      throws IOException {
    try {
      return new SqliteTrackLog(settings.data(), numbers, clock, settings.keeping(), unclaimed);
    } catch (IOException e) {
      registry.close();
      numbers.close();
      throw e;
    }
  }

  private static ScheduledThreadPoolExecutor timer() {
    var timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("timer").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.jetty.threadPool = threads();
    config.jetty.addConnector(this::connector);
    var door =
        new Door(
            "/ws",
            Limits.USUAL.withSilence(settings.silence()),
            timer,
            origins(),
            request -> live.receive((Caller) request.getAttribute(Callers.CALLER)));
    config.jetty.modifyServer(server -> server.insertHandler(door));
    config.jetty.modifyServer(edge::standBefore);
    Health.addTo(config.routes, log::trouble);
    new Events(live, callers, streams).addTo(config.routes);
    phones.addTo(config.routes);
    api.install(config);
  }

  private Origins origins() {
    var all = new HashSet<>(settings.origins());
    all.addAll(settings.url().origins());
    return new Origins(all);
  }

  private static QueuedThreadPool threads() {
    var threads = new QueuedThreadPool(32, 4);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    return threads;
  }

  private Connector connector(org.eclipse.jetty.server.Server server, HttpConfiguration http) {
    http.addCustomizer(new WhoCalls(settings.limits().proxies(), callers));
    ServerConnector connector = edge.connector(server, http);
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
    return connector;
  }

  public int port() {
    return javalin.port();
  }

  /** Where a browser on this machine finds it. */
  public URI address() {
    String host = settings.host();
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    String shown = everywhere ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + shown + ":" + port() + "/");
  }

  /** Where the admin key is, unless it was chosen. */
  Optional<Path> adminKey() {
    return admin.file();
  }

  URI webSocket() {
    return URI.create("ws" + address().toString().substring("http".length()) + "ws");
  }

  public Hub hub() {
    return hub;
  }

  public SqliteTrackLog log() {
    return log;
  }

  /** What is answered over HTTP: {@code GET /health}, and so on. */
  public Stream<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .map(route -> route.method + " " + route.path);
  }

  public Callers callers() {
    return callers;
  }

  /** How many connections are open, whatever they are for. */
  public int connections() {
    return edge.connections();
  }

  public ScheduledThreadPoolExecutor timers() {
    return timer;
  }

  private void acceptNobody() {
    for (Connector connector : javalin.jettyServer().server().getConnectors()) {
      if (connector instanceof ServerConnector door) {
        door.close();
      }
    }
  }

  /** Takes nobody in any more, says goodbye to everybody, and ends. */
  @Override
  public void close() {
    if (rehearsal != null) {
      rehearsal.close();
    }
    acceptNobody();
    live.closeAll().completeOnTimeout(null, GOODBYES.toMillis(), MILLISECONDS).join();
    javalin.stop();
    hub.close();
    sweeping.cancel(false);
    timer.shutdownNow();
    log.close();
    registry.close();
    numbers.close();
  }
}
