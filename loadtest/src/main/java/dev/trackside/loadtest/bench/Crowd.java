package dev.trackside.loadtest.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Runners who report once a second, and spectators who follow them and come back whenever a
 * connection ends. All clients run on the loop's thread. Thread-safe.
 */
final class Crowd implements AutoCloseable {
  private static final String RACE = "soak";
  private static final long SECOND = 1_000_000;
  private static final long STALL = 20 * SECOND;
  private static final long BETWEEN_STALLS = 15 * SECOND;
  private static final int BACKOFF_DOUBLINGS = 1;

  /**
   * How many there are.
   *
   * @param watchers all spectators
   * @param stalling spectators who follow everybody, and now and then do not read for 20 s
   * @param vanishing spectators who now and then stop answering without closing
   * @param silence the seconds after which the server ends a silent connection
   */
  record Size(int runners, int watchers, int stalling, int vanishing, int silence) {}

  final CrowdCounts counts = new CrowdCounts();
  private final Size size;
  private final ClientLoop loop;
  private final Phone[] phones;
  private final Watcher[] watchers;
  private final Random random = new Random(42);
  private final PriorityQueue<Watcher> agenda =
      new PriorityQueue<>(Comparator.comparingLong(watcher -> watcher.nextMicros));
  private final PriorityQueue<Comeback> returningPhones =
      new PriorityQueue<>(Comparator.comparingLong(Comeback::micros));
  private long nextReportMicros = Long.MAX_VALUE;
  private long reports;
  private long nextLeaveMicros = Long.MAX_VALUE;
  private double leavesPerSecond;
  private boolean over;
  private int live;
  private long lastLiveMicros;
  private long mostLiveMicros;

  private record Comeback(Phone phone, long micros) {}

  Crowd(InetSocketAddress address, Size size) throws IOException {
    this.size = size;
    this.loop = new ClientLoop(address);
    this.phones = new Phone[size.runners];
    Arrays.setAll(phones, i -> new Phone(RACE + '/' + i, this));
    this.watchers = new Watcher[size.watchers];
    Arrays.setAll(watchers, this::watcher);
    loop.eachTurn(this::turn);
  }

  private Watcher watcher(int i) {
    if (i < size.stalling) {
      return Watcher.ofRace(Watcher.Behaviour.STALLING, RACE, size.runners, this);
    }
    var behaviour =
        i < size.stalling + size.vanishing ? Watcher.Behaviour.VANISHING : Watcher.Behaviour.STEADY;
    return Watcher.ofRunner(behaviour, RACE, i % size.runners, this);
  }

  /** Opens all connections, and lets the runners begin to report. */
  void begin() {
    loop.execute(
        () -> {
          for (var phone : phones) {
            loop.open(phone);
          }
          for (var watcher : watchers) {
            loop.open(watcher);
          }
          nextReportMicros = WallClock.micros() + SECOND;
        });
  }

  /** How many connections are open. */
  int openNow() {
    return loop.openNow();
  }

  /** The same, without silent connections that the server must have ended by now. */
  int openAtServer() {
    return ask(
        () -> {
          long before = WallClock.micros() - size.silence * SECOND;
          long ended =
              Arrays.stream(watchers)
                  .filter(one -> one.isOpen() && one.stalled && one.stalledSinceMicros < before)
                  .count();
          return loop.openNow() - (int) ended;
        });
  }

  int connections() {
    return phones.length + watchers.length;
  }

  /** From now on, lets so many spectators leave each second and come back after 1 to 5 s. */
  void churn(double perSecond) {
    loop.execute(
        () -> {
          leavesPerSecond = perSecond;
          nextLeaveMicros = perSecond > 0 ? WallClock.micros() : Long.MAX_VALUE;
        });
  }

  /** Brings everybody back, and lets all read. */
  void settle() {
    churn(0);
    loop.execute(
        () -> {
          over = true;
          agenda.clear();
          for (var watcher : watchers) {
            if (watcher.isOpen() && watcher.stalled) {
              loop.resume(watcher);
            } else if (watcher.channel == null) {
              loop.open(watcher);
            }
          }
        });
  }

  void stopReporting() {
    loop.execute(() -> nextReportMicros = Long.MAX_VALUE);
  }

  /** Whether the server has acknowledged every position. */
  boolean allAcknowledged() {
    return ask(() -> Arrays.stream(phones).allMatch(phone -> phone.waiting() == 0));
  }

  long reported() {
    return ask(() -> reports);
  }

  /** Counts what is missing at the end. */
  void judge() {
    ask(
        () -> {
          for (var watcher : watchers) {
            watcher.end(phones);
          }
          return true;
        });
  }

  /** From now on, counts the spectators who get a position sent after this time. */
  void awaitAfter(long micros) {
    ask(
        () -> {
          live = 0;
          mostLiveMicros = 0;
          for (var watcher : watchers) {
            watcher.awaitsAfterMicros = micros;
          }
          return true;
        });
  }

  int live() {
    return ask(() -> live);
  }

  /** When 95 % of the spectators were live, or 0. */
  long mostLiveMicros() {
    return ask(() -> mostLiveMicros);
  }

  long lastLiveMicros() {
    return ask(() -> lastLiveMicros);
  }

  <T> T ask(Supplier<T> question) {
    var answer = new CompletableFuture<T>();
    loop.execute(
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer.join();
  }

  private void turn() {
    long now = WallClock.micros();
    while (nextReportMicros <= now) {
      phones[(int) (reports++ % phones.length)].report(nextReportMicros);
      nextReportMicros += SECOND / phones.length;
    }
    while (nextLeaveMicros <= now) {
      letOneLeave(now);
      nextLeaveMicros += (long) (SECOND / leavesPerSecond);
    }
    while (!returningPhones.isEmpty() && returningPhones.peek().micros <= now) {
      loop.open(returningPhones.remove().phone);
    }
    while (!agenda.isEmpty() && agenda.peek().nextMicros <= now) {
      act(agenda.remove(), now);
    }
  }

  private void letOneLeave(long now) {
    for (int i = 0; i < 10; i++) {
      var one = watchers[random.nextInt(watchers.length)];
      if (one.isOpen() && one.behaviour() == Watcher.Behaviour.STEADY) {
        one.leaving = true;
        one.nextMicros = now + SECOND + random.nextLong(4 * SECOND);
        if (random.nextBoolean()) {
          loop.leave(one);
        } else {
          loop.end(one);
        }
        return;
      }
    }
  }

  private void act(Watcher watcher, long now) {
    if (watcher.channel == null) {
      counts.reconnects++;
      loop.open(watcher);
      return;
    }
    switch (watcher.behaviour()) {
      case STEADY -> {}
      case STALLING -> {
        if (watcher.stalled) {
          loop.resume(watcher);
          schedule(watcher, now + BETWEEN_STALLS);
        } else {
          loop.stall(watcher);
          watcher.stalledSinceMicros = now;
          schedule(watcher, now + STALL);
        }
      }
      case VANISHING -> vanish(watcher, now);
    }
  }

  /** Stays silent for 1.5 times as long as the server waits, and then sees what it did. */
  private void vanish(Watcher watcher, long now) {
    if (watcher.gone) {
      counts.overstayed++;
      loop.end(watcher);
    } else if (watcher.stalled) {
      watcher.gone = true;
      loop.resume(watcher);
      schedule(watcher, now + 2 * SECOND);
    } else {
      loop.stall(watcher);
      watcher.stalledSinceMicros = now;
      schedule(watcher, now + size.silence * SECOND * 3 / 2);
    }
  }

  private void schedule(Watcher watcher, long micros) {
    agenda.remove(watcher);
    watcher.nextMicros = micros;
    agenda.add(watcher);
  }

  void opened(Watcher watcher) {
    long now = WallClock.micros();
    watcher.leaving = false;
    watcher.gone = false;
    if (!over && watcher.behaviour() != Watcher.Behaviour.STEADY) {
      schedule(watcher, now + SECOND + random.nextLong(BETWEEN_STALLS));
    }
  }

  void lost(Watcher watcher) {
    long now = WallClock.micros();
    if (watcher.leaving) {
      schedule(watcher, watcher.nextMicros);
      return;
    }
    if (watcher.gone) {
      counts.thrownOut++;
    } else if (watcher.attempts == 0) {
      counts.broken++;
    }
    schedule(watcher, now + backoff(watcher.attempts++));
  }

  /** A random wait of up to 2 s, and then of up to 4 s. */
  private long backoff(int attempts) {
    return random.nextLong((2 * SECOND) << Math.min(attempts, BACKOFF_DOUBLINGS));
  }

  void phoneLost(Phone phone) {
    returningPhones.add(new Comeback(phone, WallClock.micros() + backoff(0)));
  }

  void live(Watcher watcher) {
    live++;
    lastLiveMicros = WallClock.micros();
    if (mostLiveMicros == 0 && live >= 0.95 * watchers.length) {
      mostLiveMicros = lastLiveMicros;
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
