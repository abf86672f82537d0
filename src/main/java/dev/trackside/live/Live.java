package dev.trackside.live;

import dev.trackside.access.Access;
import dev.trackside.access.Caller;
import dev.trackside.access.Key;
import dev.trackside.access.Later;
import dev.trackside.access.Views;
import dev.trackside.hub.Hub;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.websocket.Admission;
import dev.trackside.websocket.Receiver;
import dev.trackside.websocket.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Everybody who is connected. Safe for use by many threads. */
public final class Live {
  /** Somebody who is connected, and can be sent away. */
  interface Guest {
    void goAway();
  }

  private final TrackLog log;
  private final Hub hub;
  private final Views views;
  private final Access access;
  private final ScheduledExecutorService timer;
  private final Duration registration;
  private final String server;
  private final Rates rates;
  private final Predicate<Runner> newRunners;
  private final SightingJson json = new SightingJson();
  private final FrameDialect plain = new FrameDialect.Plain(json);
  private final FrameDialect batch = new FrameDialect.Batch(json);
  private final FrameDialect deflated = new FrameDialect.Deflated(batch);
  private final FrameDialect compact = new FrameDialect.Compact();
  private final EventDialect events = new EventDialect(json);
  private final Set<Guest> guests = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> empty = new CompletableFuture<>();
  private volatile boolean closing;

  /**
   * @param registration how long a new connection may take to register
   * @param server what the server calls itself
   * @param rates what one connection may bring
   * @param newRunners whether a runner is one whom nobody has claimed and of whom there is nothing
   */
  public Live(
      TrackLog log,
      Hub hub,
      Access access,
      ScheduledExecutorService timer,
      Duration registration,
      String server,
      Rates rates,
      Predicate<Runner> newRunners) {
    this.log = log;
    this.hub = hub;
    this.views = new Views(log, access);
    this.access = access;
    this.timer = timer;
    this.registration = registration;
    this.server = server;
    this.rates = rates;
    this.newRunners = newRunners;
  }

  /** What becomes of somebody who asks for a connection. */
  public Admission receive(Caller caller) {
    Optional<Later> later = caller.opens();
    if (later.isPresent()) {
      return new Admission.Later(later.get().seconds(), later.get().words());
    }
    return caller
        .enters()
        .<Admission>map(stay -> new Admission.Welcome(way -> open(way, caller), stay::close))
        .orElseGet(() -> new Admission.Goodbye(Goodbyes.TOO_MANY, caller.full().words()));
  }

  private Receiver open(Socket socket, Caller caller) {
    var session = new Session(this, socket, caller);
    entered(session);
    return session;
  }

  void entered(Guest guest) {
    guests.add(guest);
    if (closing) {
      guest.goAway();
    }
  }

  void left(Guest guest) {
    guests.remove(guest);
    completeWhenEmpty();
  }

  /**
   * Says goodbye to everybody, and to those who still come.
   *
   * @return completed when nobody is there any more
   */
  public CompletableFuture<Void> closeAll() {
    closing = true;
    guests.forEach(Guest::goAway);
    completeWhenEmpty();
    return empty;
  }

  private void completeWhenEmpty() {
    if (closing && guests.isEmpty()) {
      empty.complete(null);
    }
  }

  TrackLog log() {
    return log;
  }

  /** The log, or as much of it as somebody may see with this key. */
  TrackLog logFor(Feed feed, @Nullable Key key) {
    return views.of(feed, key);
  }

  /** Whether somebody may publish as the runner, or as every runner of the race. */
  boolean mayPublish(Feed feed, @Nullable Key key) {
    return switch (feed) {
      case Feed.One(var runner) -> access.toPublish(runner, key).isGranted();
      case Feed.Race _ -> access.isAdmin(key);
    };
  }

  Hub hub() {
    return hub;
  }

  Access access() {
    return access;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  Duration registration() {
    return registration;
  }

  String server() {
    return server;
  }

  Rates rates() {
    return rates;
  }

  boolean isNew(Runner runner) {
    return newRunners.test(runner);
  }

  EventDialect events() {
    return events;
  }

  FrameDialect plain() {
    return plain;
  }

  FrameDialect compact() {
    return compact;
  }

  /**
   * @param inflates whether he takes compressed frames: single positions are too short for it
   */
  FrameDialect dialect(boolean batches, boolean inflates) {
    return batches ? inflates ? deflated : batch : plain;
  }
}
