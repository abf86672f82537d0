package dev.trackside.live;

import dev.trackside.access.Access;
import dev.trackside.hub.Hub;
import dev.trackside.track.TrackLog;
import dev.trackside.websocket.Receiver;
import dev.trackside.websocket.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/** Everybody who is connected by WebSocket. Safe for use by many threads. */
public final class Live {
  private final TrackLog log;
  private final Hub hub;
  private final Access access;
  private final ScheduledExecutorService timer;
  private final Duration registration;
  private final String server;
  private final SightingJson json = new SightingJson();
  private final FrameDialect plain = new FrameDialect.Plain(json);
  private final FrameDialect batch = new FrameDialect.Batch(json);
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> empty = new CompletableFuture<>();
  private volatile boolean closing;

  /**
   * @param registration how long a new connection may take to register
   * @param server what the server calls itself
   */
  public Live(
      TrackLog log,
      Hub hub,
      Access access,
      ScheduledExecutorService timer,
      Duration registration,
      String server) {
    this.log = log;
    this.hub = hub;
    this.access = access;
    this.timer = timer;
    this.registration = registration;
    this.server = server;
  }

  /** Takes a new connection in. */
  public Receiver open(Socket socket) {
    var session = new Session(this, socket);
    sessions.add(session);
    if (closing) {
      session.goAway();
    }
    return session;
  }

  void closed(Session session) {
    sessions.remove(session);
    completeWhenEmpty();
  }

  /**
   * Says goodbye to everybody, and to those who still come.
   *
   * @return completed when nobody is there any more
   */
  public CompletableFuture<Void> closeAll() {
    closing = true;
    sessions.forEach(Session::goAway);
    completeWhenEmpty();
    return empty;
  }

  private void completeWhenEmpty() {
    if (closing && sessions.isEmpty()) {
      empty.complete(null);
    }
  }

  TrackLog log() {
    return log;
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

  FrameDialect dialect(boolean batches) {
    return batches ? batch : plain;
  }
}
