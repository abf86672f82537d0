package dev.trackside.live;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.caller.Caller;
import dev.trackside.caller.RetryAfter;
import dev.trackside.hub.Hub;
import dev.trackside.intake.Intake;
import dev.trackside.run.Views;
import dev.trackside.track.Feed;
import dev.trackside.websocket.Admission;
import dev.trackside.websocket.Receiver;
import dev.trackside.websocket.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Everybody who is connected. Safe for use by many threads. */
public final class Live {
  /** Somebody who is connected, and can be sent away. */
  interface Guest {
    void goAway();
  }

  private final Intake intake;
  private final Hub hub;
  private final Views views;
  private final Access access;
  private final ScheduledExecutorService timer;
  private final Settings settings;
  private final DeliveryJson json = new DeliveryJson();
  private final FrameEncoder plain = new FrameEncoder.Plain(json);
  private final FrameEncoder batch = new FrameEncoder.Batch(json);
  private final FrameEncoder deflated = new FrameEncoder.Deflated(batch);
  private final FrameEncoder compact = new FrameEncoder.Compact();
  private final EventEncoder events = new EventEncoder(json);
  private final Set<Guest> guests = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> empty = new CompletableFuture<>();
  private volatile boolean closing;

  /**
   * What connections are held to.
   *
   * @param registration how long a new connection may take to register
   * @param server what the server calls itself
   * @param rates what one connection may bring
   */
  public record Settings(Duration registration, String server, Rates rates) {}

  public Live(
      Intake intake,
      Hub hub,
      Views views,
      Access access,
      ScheduledExecutorService timer,
      Settings settings) {
    this.intake = intake;
    this.hub = hub;
    this.views = views;
    this.access = access;
    this.timer = timer;
    this.settings = settings;
  }

  /** What becomes of somebody who asks for a connection. */
  public Admission receive(Caller caller) {
    Optional<RetryAfter> retryAfter = caller.opens();
    if (retryAfter.isPresent()) {
      return new Admission.Later(retryAfter.get().seconds(), retryAfter.get().words());
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

  Intake intake() {
    return intake;
  }

  Views views() {
    return views;
  }

  /** Whether somebody may publish as the runner, or as every runner of the race. */
  boolean mayPublish(Feed feed, @Nullable Key key) {
    return switch (feed) {
      case Feed.One(var runner) -> intake.mayOffer(runner, key).isGranted();
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
    return settings.registration();
  }

  String server() {
    return settings.server();
  }

  Rates rates() {
    return settings.rates();
  }

  EventEncoder events() {
    return events;
  }

  FrameEncoder plain() {
    return plain;
  }

  FrameEncoder compact() {
    return compact;
  }

  /**
   * @param inflates whether the client takes compressed frames: single positions are too short for
   *     it
   */
  FrameEncoder encoder(boolean batches, boolean inflates) {
    return batches ? inflates ? deflated : batch : plain;
  }
}
