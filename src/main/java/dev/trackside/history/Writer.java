package dev.trackside.history;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. The entries of a short time, at most 1,000, become one transaction;
 * the time is shorter if somebody waits for the commit. A batch that cannot be stored is tried
 * until it can. Safe for use by many threads.
 */
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int BATCH = 1_000;
  private static final int FULL = 32_768;

  /** How many times longer a batch gathers if nobody waits for the commit. */
  private static final int UNHURRIED = 5;

  private static final long BETWEEN_STEPS_MS = 5;
  private static final long BETWEEN_TRIES_MS = 500;

  /** How many times longer than a batch gathers it is between two looks at what has grown old. */
  private static final int AGING = 50;

  private record Waiting(long entries, CompletableFuture<Void> durable) {}

  private final Transactions transactions;
  private final long gatherNanos;
  private final long betweenChecksMs;
  private final Thread thread;
  private final ExecutorService told =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("log-told").daemon().factory());

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Object door = new Object();
  private List<JournalEntry> inbox = new ArrayList<>();
  private long dueNanos;
  private long put;
  private long committed;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final List<Runnable> wantRoom = new ArrayList<>();
  private boolean ended;
  private volatile long backlog;
  private volatile @Nullable String trouble;

  Writer(Transactions transactions, Duration gather) {
    this.transactions = transactions;
    this.gatherNanos = gather.toNanos();
    this.betweenChecksMs = Math.max(BETWEEN_STEPS_MS, AGING * gather.toMillis());
    this.thread = Thread.ofPlatform().name("log-writer").daemon().start(this::run);
  }

  void put(List<? extends JournalEntry> entries) {
    synchronized (door) {
      if (inbox.isEmpty()) {
        dueNanos = System.nanoTime() + UNHURRIED * gatherNanos;
      }
      boolean wakes =
          inbox.isEmpty() || (inbox.size() < BATCH && inbox.size() + entries.size() >= BATCH);
      inbox.addAll(entries);
      put += entries.size();
      backlog = put - committed;
      if (wakes) {
        door.notifyAll();
      }
    }
  }

  /**
   * Completes once everything that was put so far is durable; fails if it never will be.
   *
   * @param soon whether somebody waits for it
   */
  CompletableFuture<Void> durable(boolean soon) {
    synchronized (door) {
      if (put == committed) {
        return completedFuture(null);
      }
      if (ended) {
        return failedFuture(neverDurable());
      }
      if (soon) {
        hurry();
      }
      var durable = new CompletableFuture<Void>();
      waiting.add(new Waiting(put, durable));
      return durable;
    }
  }

  private void hurry() {
    long soonNanos = System.nanoTime() + gatherNanos;
    if (soonNanos < dueNanos) {
      dueNanos = soonNanos;
      door.notifyAll();
    }
  }

  private UncheckedIOException neverDurable() {
    String why = trouble().orElse("The log is closed.");
    return new UncheckedIOException(why, new IOException(why));
  }

  boolean isFull() {
    return backlog >= FULL || trouble != null;
  }

  void whenRoom(Runnable action) {
    synchronized (door) {
      if (isFull()) {
        wantRoom.add(action);
        return;
      }
    }
    action.run();
  }

  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  private void run() {
    try {
      for (List<JournalEntry> batch = next(); !batch.isEmpty() || isOpen(); batch = next()) {
        while (!write(batch)) {
          if (closing.await(BETWEEN_TRIES_MS, MILLISECONDS)) {
            LOG.error("{} positions were not stored and not acknowledged.", backlog);
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      LOG.error("The writer was interrupted; {} positions are not stored.", backlog);
    } finally {
      transactions.close();
    }
  }

  private boolean isOpen() {
    return closing.getCount() > 0;
  }

  /** The next batch; empty if there is only a task to do, or at the end. */
  private List<JournalEntry> next() throws InterruptedException {
    synchronized (door) {
      while (inbox.isEmpty() && isOpen()) {
        boolean tasks = transactions.hasTasks();
        door.wait(tasks ? BETWEEN_STEPS_MS : transactions.mayHaveTasks() ? betweenChecksMs : 0);
        if (tasks) {
          break;
        }
      }
      while (!inbox.isEmpty() && inbox.size() < BATCH && isOpen()) {
        long left = dueNanos - System.nanoTime();
        if (left <= 0) {
          break;
        }
        door.wait(Math.max(1, NANOSECONDS.toMillis(left)));
      }
      List<JournalEntry> all = inbox;
      int size = Math.min(BATCH, all.size());
      inbox = new ArrayList<>(all.subList(size, all.size()));
      return size == all.size() ? all : new ArrayList<>(all.subList(0, size));
    }
  }

  private boolean write(List<JournalEntry> batch) {
    try {
      transactions.write(batch);
    } catch (SQLException | RuntimeException | Error e) {
      String sentence = transactions.sentence(e);
      if (!sentence.equals(trouble)) {
        LOG.error("{}", sentence, e instanceof SQLException ? null : e);
        trouble = sentence;
      }
      return false;
    }
    committed(batch.size());
    return true;
  }

  private void committed(int entries) {
    var durable = new ArrayList<CompletableFuture<Void>>();
    var room = new ArrayList<Runnable>();
    synchronized (door) {
      committed += entries;
      backlog = put - committed;
      if (trouble != null) {
        LOG.info("{} can be written again.", transactions.file());
        trouble = null;
      }
      while (!waiting.isEmpty() && waiting.getFirst().entries <= committed) {
        durable.add(waiting.removeFirst().durable);
      }
      if (!wantRoom.isEmpty() && backlog < FULL / 2) {
        room.addAll(wantRoom);
        wantRoom.clear();
      }
    }
    if (!durable.isEmpty() || !room.isEmpty()) {
      told.execute(
          () -> {
            durable.forEach(one -> one.complete(null));
            room.forEach(Writer::run);
          });
    }
  }

  /** One failure must not keep the others from running. */
  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("A sender could not be told that there is room.", e);
    }
  }

  /** Stores all entries, if the disk accepts them, and ends. */
  @Override
  public void close() {
    synchronized (door) {
      closing.countDown();
      door.notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    told.close();
    List<Waiting> unstored;
    synchronized (door) {
      ended = true;
      unstored = List.copyOf(waiting);
      waiting.clear();
    }
    unstored.forEach(one -> one.durable.completeExceptionally(neverDurable()));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
