package dev.trackside.live;

import dev.trackside.hub.Hub;
import dev.trackside.track.TrackLog;
import dev.trackside.websocket.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the server owes one client: verdicts that the log has not given yet, answers that have not
 * left. While it is too much, or log or hub do not keep up, the client is not read. Safe for use by
 * many threads.
 */
final class Debts {
  private static final int MOST_UNSETTLED = 256;
  private static final int MOST_OWED_BYTES = 64 * 1024;

  private final Hub hub;
  private final TrackLog log;
  private final Socket socket;
  private final AtomicInteger unsettled = new AtomicInteger();
  private final AtomicInteger owedBytes = new AtomicInteger();
  private volatile boolean suspended;

  Debts(Hub hub, TrackLog log, Socket socket) {
    this.hub = hub;
    this.log = log;
    this.socket = socket;
  }

  void appends() {
    unsettled.incrementAndGet();
  }

  /** Whether the connection is soon not read any more for what is unsettled. */
  boolean mount() {
    return unsettled.get() > MOST_UNSETTLED / 2;
  }

  void settled() {
    unsettled.decrementAndGet();
    resumeIfLight();
  }

  void owes(int bytes) {
    owedBytes.addAndGet(bytes);
  }

  void paid(int bytes) {
    owedBytes.addAndGet(-bytes);
    resumeIfLight();
  }

  /** Decides at the end of a read whether to go on reading. */
  void check() {
    if (isHeavy()) {
      socket.suspendReading();
      suspended = true; // not before: who pays in between would resume what is not suspended yet
      resumeIfLight();
    } else if (log.isFull()) {
      socket.suspendReading();
      log.whenRoom(socket::resumeReading);
    } else if (hub.isCrowded()) {
      socket.suspendReading();
      hub.whenCalm(socket::resumeReading);
    }
  }

  private boolean isHeavy() {
    return unsettled.get() > MOST_UNSETTLED || owedBytes.get() > MOST_OWED_BYTES;
  }

  private void resumeIfLight() {
    if (suspended && !isHeavy()) {
      suspended = false;
      socket.resumeReading();
    }
  }
}
