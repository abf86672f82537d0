package dev.trackside.live;

import dev.trackside.track.Capacity;
import dev.trackside.websocket.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the server owes one client: verdicts that have not come yet, replies that have not left, and
 * followed feeds that the log has not been read for. While it owes too much, or the intake is full,
 * it does not read from the client. Safe for use by many threads.
 */
final class Backpressure {
  private static final int MOST_UNSETTLED = 256;
  private static final int MOST_OWED_BYTES = 64 * 1024;
  private static final int MOST_UNREAD_FEEDS = 16;

  private final Capacity intake;
  private final Socket socket;
  private final AtomicInteger unsettled = new AtomicInteger();
  private final AtomicInteger owedBytes = new AtomicInteger();
  private final AtomicInteger unreadFeeds = new AtomicInteger();
  private volatile boolean suspended;

  Backpressure(Capacity intake, Socket socket) {
    this.intake = intake;
    this.socket = socket;
  }

  void appends() {
    unsettled.incrementAndGet();
  }

  /** Whether unsettled positions are about to suspend reading. */
  boolean mounts() {
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

  /** A feed is followed: the log will be read for its past. */
  void follows() {
    unreadFeeds.incrementAndGet();
  }

  /** The log has been read for a feed, or need not be any more. */
  void begun() {
    unreadFeeds.decrementAndGet();
    resumeIfLight();
  }

  /** Decides at the end of a read whether to go on reading. */
  void check() {
    if (isHeavy()) {
      socket.suspendReading();
      suspended = true; // only now: a payment in between must not resume what is not suspended yet
      resumeIfLight();
    } else if (intake.isFull()) {
      socket.suspendReading();
      intake.whenRoom(socket::resumeReading);
    }
  }

  private boolean isHeavy() {
    return unsettled.get() > MOST_UNSETTLED
        || owedBytes.get() > MOST_OWED_BYTES
        || unreadFeeds.get() > MOST_UNREAD_FEEDS;
  }

  private void resumeIfLight() {
    if (suspended && !isHeavy()) {
      suspended = false;
      socket.resumeReading();
    }
  }
}
