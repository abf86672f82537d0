package dev.trackside.live;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.caller.Caller;
import dev.trackside.caller.RetryAfter;
import dev.trackside.hub.Hub;
import dev.trackside.intake.Intake;
import dev.trackside.run.Views;
import dev.trackside.track.Feed;
import dev.trackside.track.Status;
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

/** All open connections, and what they share. Safe for use by many threads. */
public final class Live {
  /** A connection that can be ended. */
  interface Guest {
    void goAway();
  }

  /**
   * What every connection is held to.
   *
   * @param registration how long a new connection may take to register
   * @param server the name and version of the server
   * @param rates how much one connection may bring
   */
  public record SessionSettings(Duration registration, String server, Rates rates) {}

  final Intake intake;
  final Hub hub;
  final Views views;
  final Access access;
  final ScheduledExecutorService timer;
  final SessionSettings settings;
  private final DeliveryJson json = new DeliveryJson();
  final FrameEncoder plain = new FrameEncoder.Plain(json);
  final FrameEncoder batched = new FrameEncoder.Batched(json);
  final FrameEncoder deflated = new FrameEncoder.Deflated(batched);
  final FrameEncoder compact = new FrameEncoder.Compact();
  final EventEncoder events = new EventEncoder(json);
  private final Set<Guest> guests = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> empty = new CompletableFuture<>();
  private volatile boolean closing;

  public Live(
      Intake intake,
      Hub hub,
      Views views,
      Access access,
      ScheduledExecutorService timer,
      SessionSettings settings) {
    this.intake = intake;
    this.hub = hub;
    this.views = views;
    this.access = access;
    this.timer = timer;
    this.settings = settings;
  }

  /** Decides about a caller that asks for a connection. */
  public Admission receive(Caller caller) {
    Optional<RetryAfter> retryAfter = caller.opens();
    if (retryAfter.isPresent()) {
      return new Admission.Later(retryAfter.get().seconds(), retryAfter.get().words());
    }
    return caller
        .enters()
        .<Admission>map(leaves -> new Admission.Welcome(socket -> open(socket, caller), leaves))
        .orElseGet(() -> new Admission.Goodbye(Answers.TOO_MANY, caller.full().words()));
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

  /** Ends all connections, even those still to come; completed when none is left. */
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

  /** The first message to a client that wants events, as JSON. */
  byte[] welcome(Feed feed, @Nullable Key key, Status status, Duration pace) {
    boolean mayPublish =
        switch (feed) {
          case Feed.One(var runner) -> intake.mayOffer(runner, key).isGranted();
          case Feed.Race _ -> false;
        };
    return Messages.welcome(settings.server(), feed, status, mayPublish, pace);
  }
}
