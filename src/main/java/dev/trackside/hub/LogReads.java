package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Reads the log for subscribers on threads that may block: a few reads at a time, in the order in
 * which they were asked for, and of the long ones one. Those who wait for equal reads share one.
 * Safe for use by many threads.
 */
final class LogReads implements AutoCloseable {
  /** No more results than this are in memory: a read counts until its result has been used. */
  static final int AT_ONCE = 4;

  /** A read of more positions of a runner is long: its result may take megabytes. */
  private static final int LONG = 1_000;

  /** Of how many runners a race is taken to be. */
  private static final int RUNNERS = 100;

  /** What is read. Equal ones are read once for all who wait for them. */
  interface Reading {
    Page read();

    default boolean isLong() {
      return false;
    }
  }

  /** {@link TrackReader#latest}. */
  record Latest(TrackReader log, Feed feed, int each) implements Reading {
    @Override
    public Page read() {
      return new Page.Next(log.latest(feed, each));
    }

    @Override
    public boolean isLong() {
      return isLong(feed, each);
    }

    static boolean isLong(Feed feed, int each) {
      return switch (feed) {
        case Feed.One _ -> each > LONG;
        case Feed.Race _ -> each > LONG / RUNNERS;
      };
    }
  }

  /** {@link TrackReader#startOfLatest}. Reads all of them where a view hides some. */
  record StartOfLatest(TrackReader log, Runner runner, int each, long untilSeq) implements Reading {
    @Override
    public Page read() {
      return new Page.Next(log.startOfLatest(runner, each, untilSeq).stream().toList());
    }

    @Override
    public boolean isLong() {
      return true;
    }
  }

  /** {@link TrackReader#after}. */
  record After(TrackReader log, Feed feed, long seq, int limit) implements Reading {
    @Override
    public Page read() {
      return log.after(feed, seq, limit);
    }
  }

  /** What is kept after a number that is no longer of the feed, or never was, and maybe before. */
  record Kept(TrackReader log, Feed feed, long seq, int limit) implements Reading {
    @Override
    public Page read() {
      List<Position> newest = log.latest(feed, 1);
      boolean more = !newest.isEmpty() && newest.getLast().seq() > seq;
      return more ? log.after(feed, 0, limit) : new Page.Next(List.of());
    }
  }

  /** One wish for a read. */
  static final class Ticket {
    private final Reading reading;
    private final Executor lane;
    private final Consumer<Page> use;
    private final Runnable failed;

    /**
     * @param lane where the result is used
     * @param failed runs on any thread when the log cannot be read
     */
    Ticket(Reading reading, Executor lane, Consumer<Page> use, Runnable failed) {
      this.reading = reading;
      this.lane = lane;
      this.use = use;
      this.failed = failed;
    }
  }

  /** The positions of a page; none of one that is gone. */
  static List<Position> positionsOf(Page page) {
    return page instanceof Page.Next(List<Position> positions) ? positions : List.of();
  }

  /** Reads that wait for their turn, of which so many run. */
  private static final class Line {
    final int atOnce;
    final LinkedHashMap<Reading, Set<Ticket>> waiting = new LinkedHashMap<>();
    int running;

    Line(int atOnce) {
      this.atOnce = atOnce;
    }
  }

  private final ExecutorService threads;
  private final Line shorts = new Line(AT_ONCE - 1);
  private final Line longs = new Line(1);
  private boolean closed;

  LogReads(ExecutorService threads) {
    this.threads = threads;
  }

  /** Asks for a read. */
  synchronized void ask(Ticket ticket) {
    Line line = lineOf(ticket);
    line.waiting.computeIfAbsent(ticket.reading, _ -> new LinkedHashSet<>(2)).add(ticket);
    beginMore(line);
  }

  /** Takes a wish back. Has no effect once the read has begun. */
  synchronized void drop(Ticket ticket) {
    Line line = lineOf(ticket);
    Set<Ticket> tickets = line.waiting.get(ticket.reading);
    if (tickets != null && tickets.remove(ticket) && tickets.isEmpty()) {
      line.waiting.remove(ticket.reading);
    }
  }

  private Line lineOf(Ticket ticket) {
    return ticket.reading.isLong() ? longs : shorts;
  }

  /** How many reads have not begun yet. */
  synchronized int waiting() {
    return shorts.waiting.size() + longs.waiting.size();
  }

  private void beginMore(Line line) {
    while (line.running < line.atOnce && !line.waiting.isEmpty() && !closed) {
      line.running++;
      var next = line.waiting.pollFirstEntry();
      threads.execute(() -> read(line, next.getKey(), List.copyOf(next.getValue())));
    }
  }

  private synchronized void ended(Line line) {
    line.running--;
    beginMore(line);
  }

  private void read(Line line, Reading reading, List<Ticket> tickets) {
    Page page;
    try {
      page = reading.read();
    } catch (UncheckedIOException e) {
      ended(line);
      tickets.forEach(ticket -> ticket.failed.run());
      return;
    } catch (RuntimeException | Error e) {
      ended(line);
      throw e;
    }
    var unused = new AtomicInteger(tickets.size());
    for (Ticket ticket : tickets) {
      ticket.lane.execute(
          () -> {
            try {
              ticket.use.accept(page);
            } finally {
              if (unused.decrementAndGet() == 0) {
                ended(line);
              }
            }
          });
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    threads.shutdownNow();
  }
}
