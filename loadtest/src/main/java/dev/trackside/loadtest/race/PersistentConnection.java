package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.Connection;
import dev.trackside.loadtest.wire.ConnectionListener;
import dev.trackside.loadtest.wire.Connector;
import dev.trackside.loadtest.wire.Ending;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection that is made again whenever it ends, as long as it is wanted. Thread-safe. */
final class PersistentConnection {
  private static final int WRONG_KEY = 4401;
  private static final int ENDED_LINK = 4403;
  private static final int TOO_MANY = 4429;
  private static final int TOO_OFTEN = 429;
  private static final String LIMITS =
      " (see the server's --address-connections and --address-handshakes)";
  private static final int MOST_DOUBLINGS = 3;
  private static final double FIRST_WAIT_MS = 500;

  /** The owner of the connection. */
  interface Owner {
    /** Called when it is open; nothing more comes from an earlier one. */
    void connected(Connection connection);

    void text(ByteBuffer utf8);

    void binary(ByteBuffer bytes);
  }

  /** What all connections of a race share. */
  record Context(Connector connector, ScheduledExecutorService timer, Tally tally) {}

  private final Context context;
  private final URI target;
  private final Owner owner;
  private @Nullable Attempt attempt;
  private boolean wanted;
  private boolean excused;
  private boolean wasConnected;
  private int failures;

  PersistentConnection(Context context, URI target, Owner owner) {
    this.context = context;
    this.target = target;
    this.owner = owner;
  }

  /** One connection, from the attempt to its end. */
  private final class Attempt implements ConnectionListener {
    private volatile @Nullable Connection connection;

    @Override
    public void opened(Connection opened) {
      context.tally.open.incrementAndGet();
      connection = opened;
      if (begin(this)) {
        owner.connected(opened);
      } else {
        opened.cut();
      }
    }

    @Override
    public void text(ByteBuffer utf8) {
      deliver(() -> owner.text(utf8));
    }

    @Override
    public void binary(ByteBuffer bytes) {
      deliver(() -> owner.binary(bytes));
    }

    private void deliver(Runnable message) {
      if (isCurrent(this)) {
        try {
          message.run();
        } catch (IllegalArgumentException e) {
          context.tally.notes.add(String.valueOf(e.getMessage()));
        }
      }
    }

    @Override
    public void ended(Ending ending) {
      if (connection != null) {
        context.tally.open.decrementAndGet();
      }
      end(this, ending);
    }
  }

  /** Connects, and from now on reconnects whenever the connection ends. */
  synchronized void connect() {
    wanted = true;
    if (attempt == null) {
      attempt = new Attempt();
      context.connector.connect(target, attempt);
    }
  }

  /** Disconnects until {@link #connect} is called. */
  void leave(boolean politely) {
    Attempt left;
    synchronized (this) {
      wanted = false;
      left = attempt;
      attempt = null;
    }
    Connection connection = left == null ? null : left.connection;
    if (connection != null && politely) {
      connection.close();
    } else if (connection != null) {
      connection.cut();
    }
  }

  /** The current connection, if it is open. */
  synchronized @Nullable Connection current() {
    return attempt == null ? null : attempt.connection;
  }

  /** Expects the server to end the connection, and does not reconnect then. */
  synchronized void excuse() {
    excused = true;
    wanted = false;
  }

  private synchronized boolean isCurrent(Attempt one) {
    return one == attempt;
  }

  private synchronized boolean begin(Attempt one) {
    if (one != attempt) {
      return false;
    }
    failures = 0;
    (wasConnected ? context.tally.reconnects : context.tally.connections).increment();
    wasConnected = true;
    return true;
  }

  private synchronized void end(Attempt one, Ending ending) {
    if (one != attempt) {
      return;
    }
    attempt = null;
    if (excused) {
      context.tally.vanishedEnded.increment();
      return;
    }
    boolean refused = ending.kind() == Ending.Kind.REFUSED || ending.code() == TOO_MANY;
    (refused ? context.tally.refused : context.tally.broken).increment();
    context.tally.notes.add(words(ending));
    if (ending.code() == WRONG_KEY || ending.code() == ENDED_LINK) {
      wanted = false;
    }
    if (wanted) {
      double waitMs = FIRST_WAIT_MS * (1 << Math.min(failures++, MOST_DOUBLINGS));
      double spreadMs = waitMs * (1 + ThreadLocalRandom.current().nextDouble());
      var _ = context.timer.schedule(this::connectIfWanted, (long) spreadMs, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void connectIfWanted() {
    if (wanted) {
      connect();
    }
  }

  private static String words(Ending ending) {
    String words = ending.words().isEmpty() ? "" : ": " + ending.words();
    if (ending.code() == TOO_MANY || ending.code() == TOO_OFTEN) {
      words += LIMITS;
    }
    return switch (ending.kind()) {
      case REFUSED ->
          "a connection was refused" + (ending.code() > 0 ? " with " + ending.code() : "") + words;
      case CLOSED -> "a connection was closed with " + ending.code() + words;
      case BROKEN -> "a connection broke" + words;
    };
  }
}
