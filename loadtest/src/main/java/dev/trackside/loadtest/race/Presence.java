package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.Ear;
import dev.trackside.loadtest.wire.Ending;
import dev.trackside.loadtest.wire.Line;
import dev.trackside.loadtest.wire.Lines;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's connection: as long as it is wanted, it is made again when it has ended. Threads may
 * share it.
 */
final class Presence {
  private static final int WRONG_KEY = 4401;
  private static final int ENDED_LINK = 4403;
  private static final int TOO_MANY = 4429;
  private static final int TOO_OFTEN = 429;
  private static final String LIMITS =
      " (see the server's --address-connections and --address-handshakes)";
  private static final int MOST_DOUBLINGS = 3;
  private static final double FIRST_WAIT_MS = 500;

  /** Whose connection it is. */
  interface Guest {
    /** It is open; nothing is heard of the one before any more. */
    void arrived(Line line);

    void heard(ByteBuffer utf8);

    void heardBinary(ByteBuffer bytes);
  }

  /** What all connections of a race share. */
  record Ways(Lines lines, ScheduledExecutorService later, Tally tally) {}

  private final Ways ways;
  private final URI target;
  private final Guest guest;
  private @Nullable Visit visit;
  private boolean wanted;
  private boolean excused;
  private boolean cameOnce;
  private int failures;

  Presence(Ways ways, URI target, Guest guest) {
    this.ways = ways;
    this.target = target;
    this.guest = guest;
  }

  /** One connection, from dialling to its end. */
  private final class Visit implements Ear {
    private volatile @Nullable Line line;

    @Override
    public void opened(Line opened) {
      ways.tally.open.incrementAndGet();
      line = opened;
      if (begin(this)) {
        guest.arrived(opened);
      } else {
        opened.cut();
      }
    }

    @Override
    public void text(ByteBuffer utf8) {
      hear(() -> guest.heard(utf8));
    }

    @Override
    public void binary(ByteBuffer bytes) {
      hear(() -> guest.heardBinary(bytes));
    }

    private void hear(Runnable message) {
      if (isPresent(this)) {
        try {
          message.run();
        } catch (IllegalArgumentException e) {
          ways.tally.notes.add(String.valueOf(e.getMessage()));
        }
      }
    }

    @Override
    public void ended(Ending ending) {
      if (line != null) {
        ways.tally.open.decrementAndGet();
      }
      end(this, ending);
    }
  }

  /** Connects, and from now on comes back whenever that has ended. */
  synchronized void come() {
    wanted = true;
    if (visit == null) {
      visit = new Visit();
      ways.lines.dial(target, visit);
    }
  }

  /** Leaves until {@link #come} is called. */
  void leave(boolean politely) {
    Visit left;
    synchronized (this) {
      wanted = false;
      left = visit;
      visit = null;
    }
    Line line = left == null ? null : left.line;
    if (line != null && politely) {
      line.close();
    } else if (line != null) {
      line.cut();
    }
  }

  /** The present connection, when it is open. */
  synchronized @Nullable Line line() {
    return visit == null ? null : visit.line;
  }

  /** That the other side ends this connection is right, and nobody comes back. */
  synchronized void excuse() {
    excused = true;
    wanted = false;
  }

  private synchronized boolean isPresent(Visit one) {
    return one == visit;
  }

  private synchronized boolean begin(Visit one) {
    if (one != visit) {
      return false;
    }
    failures = 0;
    (cameOnce ? ways.tally.reconnects : ways.tally.connections).increment();
    cameOnce = true;
    return true;
  }

  private synchronized void end(Visit one, Ending ending) {
    if (one != visit) {
      return;
    }
    visit = null;
    if (excused) {
      ways.tally.vanishedEnded.increment();
      return;
    }
    boolean refused = ending.kind() == Ending.Kind.REFUSED || ending.code() == TOO_MANY;
    (refused ? ways.tally.refused : ways.tally.broken).increment();
    ways.tally.notes.add(words(ending));
    if (ending.code() == WRONG_KEY || ending.code() == ENDED_LINK) {
      wanted = false;
    }
    if (wanted) {
      double waitMs = FIRST_WAIT_MS * (1 << Math.min(failures++, MOST_DOUBLINGS));
      double spreadMs = waitMs * (1 + ThreadLocalRandom.current().nextDouble());
      var _ = ways.later.schedule(this::comeIfWanted, (long) spreadMs, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void comeIfWanted() {
    if (wanted) {
      come();
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
