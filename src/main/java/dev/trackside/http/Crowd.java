package dev.trackside.http;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.SelectorManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who is connected, whatever the connection has become. Far beyond the number that there
 * may be, a newcomer is closed at once; a little beyond it, he is taken in to be told. Safe for use
 * by many threads.
 */
final class Crowd implements SelectorManager.AcceptListener {
  private static final Logger LOG = LoggerFactory.getLogger(Crowd.class);
  private static final Duration COMPLAINTS = Duration.ofMinutes(1);

  private final int most;
  private final Set<SelectableChannel> present = ConcurrentHashMap.newKeySet();
  private final AtomicLong complainedNanos =
      new AtomicLong(System.nanoTime() - COMPLAINTS.toNanos());

  Crowd(int most) {
    this.most = most;
  }

  /** Whether there are more than there may be. */
  boolean isTooMany() {
    return present.size() > most;
  }

  int size() {
    return present.size();
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    present.add(channel);
    if (isTooMany()) {
      complain();
      if (size() > most + Terms.SPARE_CONNECTIONS) {
        close(channel);
      }
    }
  }

  private void complain() {
    long now = System.nanoTime();
    long before = complainedNanos.get();
    if (now - before >= COMPLAINTS.toNanos() && complainedNanos.compareAndSet(before, now)) {
      LOG.warn("All {} connections are taken; who comes now is sent away", most);
    }
  }

  /** Who registers it next finds it closed, and tells {@link #onAcceptFailed}. */
  private static void close(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("A connection too many could not be closed", e);
    }
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    present.remove(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    present.remove(channel);
  }
}
