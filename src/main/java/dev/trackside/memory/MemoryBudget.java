package dev.trackside.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound for what all clients together make the server hold while it waits for them: a counter of
 * bytes. A quarter is kept for those who are live, so that calls never take it all. Safe for use by
 * many threads.
 */
public final class MemoryBudget {
  private static final int OF_THE_LIVE = 4;

  private final long liveBytes;
  private final long sharedBytes;
  private final AtomicLong takenShared = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param mostBytes how much there is to take
   */
  public MemoryBudget(long mostBytes) {
    liveBytes = mostBytes / OF_THE_LIVE;
    sharedBytes = mostBytes - liveBytes;
  }

  /** A budget of a share of the heap. */
  public static MemoryBudget ofHeap(int percent) {
    return new MemoryBudget(Runtime.getRuntime().maxMemory() / 100 * percent);
  }

  public long takenBytes() {
    return taken.get();
  }

  /** An account that has taken nothing yet. */
  public Account open() {
    return new Account(0);
  }

  /**
   * An account that may take what is kept for the live, and then what others leave.
   *
   * @param parts how many such accounts share what is kept
   */
  public Account openForLive(int parts) {
    return new Account(liveBytes / parts);
  }

  /** What has been taken for one purpose. Closing gives it back; nothing can be taken after it. */
  public final class Account implements AutoCloseable {
    private final long ownBytes;
    private long bytes;
    private boolean closed;

    private Account(long ownBytes) {
      this.ownBytes = ownBytes;
    }

    /** Takes more; returns false, and takes nothing, when there is not so much left. */
    public synchronized boolean take(long more) {
      if (closed) {
        return false;
      }
      long moreShared = shared(bytes + more) - shared(bytes);
      if (takenShared.addAndGet(moreShared) > sharedBytes && moreShared > 0) {
        takenShared.addAndGet(-moreShared);
        return false;
      }
      change(more);
      return true;
    }

    /** Gives a part back. */
    public synchronized void giveBack(long fewer) {
      if (!closed) {
        takenShared.addAndGet(shared(bytes - fewer) - shared(bytes));
        change(-fewer);
      }
    }

    private long shared(long of) {
      return Math.max(0, of - ownBytes);
    }

    private void change(long more) {
      bytes += more;
      taken.addAndGet(more);
    }

    @Override
    public synchronized void close() {
      giveBack(bytes);
      closed = true;
    }
  }
}
