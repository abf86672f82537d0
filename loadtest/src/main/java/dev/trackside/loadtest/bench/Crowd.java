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
 * Runners who report once a second, and spectators who follow them and come back whenever their
 * connection has ended. All of it happens on one thread; what is public here may be called by
 * others.
 */
final class Crowd implements AutoCloseable {
  private static final String RACE = "soak";
  private static final long SECOND = 1_000_000;
  private static final long STALL = 20 * SECOND;
  private static final long BETWEEN_STALLS = 15 * SECOND;
  private static final int BACKOFF_DOUBLINGS = 1;

  /**
   * Who is there.
   *
   * @param watchers spectators in all
   * @param stalling of these, those who follow everybody and at times do not read for 20 s
   * @param vanishing of these, those who again and again stop to answer without closing
   * @param silence after how many seconds the server ends a silent connection
   */
  record Size(int runners, int watchers, int stalling, int vanishing, int silence) {}

  final Sums tally = new Sums();
  private final Size size;
  private final Ears ears;
  private final Phone[] phones;
  private final Watcher[] watchers;
  private final Random random = new Random(42);
  private final PriorityQueue<Watcher> agenda =
      new PriorityQueue<>(Comparator.comparingLong(watcher -> watcher.nextMicros));
  private final PriorityQueue<Return> phonesBack =
      new PriorityQueue<>(Comparator.comparingLong(Return::micros));
  private long nextReportMicros = Long.MAX_VALUE;
  private long reports;
  private long nextLeaveMicros = Long.MAX_VALUE;
  private double leavesPerSecond;
  private boolean over;
  private int live;
  private long lastLiveMicros;
  private long mostLiveMicros;

  private record Return(Phone phone, long micros) {}

  Crowd(InetSocketAddress address, Size size) throws IOException {
    this.size = size;
    this.ears = new Ears(address);
    this.phones = new Phone[size.runners];
    Arrays.setAll(phones, i -> new Phone(RACE + '/' + i, this));
    this.watchers = new Watcher[size.watchers];
    Arrays.setAll(watchers, this::watcher);
    ears.eachTurn(this::turn);
  }

  private Watcher watcher(int i) {
    if (i < size.stalling) {
      return Watcher.ofRace(Watcher.Manner.STALLING, RACE, size.runners, this);
    }
    var manner =
        i < size.stalling + size.vanishing ? Watcher.Manner.VANISHING : Watcher.Manner.STEADY;
    return Watcher.ofRunner(manner, RACE, i % size.runners, this);
  }

  /** Runners begin to report, then spectators come. */
  void begin() {
    ears.execute(
        () -> {
          for (var phone : phones) {
            ears.open(phone);
          }
          for (var watcher : watchers) {
            ears.open(watcher);
          }
          nextReportMicros = Clock.micros() + SECOND;
        });
  }

  /** How many connections there are. */
  int openNow() {
    return ears.openNow();
  }

  /** The same without those whom the server must have ended by now, though they do not know. */
  int openAtServer() {
    return asked(
        () -> {
          long before = Clock.micros() - size.silence * SECOND;
          long ended =
              Arrays.stream(watchers)
                  .filter(one -> one.isOpen() && one.deaf && one.deafSinceMicros < before)
                  .count();
          return ears.openNow() - (int) ended;
        });
  }

  int connections() {
    return phones.length + watchers.length;
  }

  /** From now on so many spectators leave in a second, and come back after 1 to 5 s. */
  void churn(double perSecond) {
    ears.execute(
        () -> {
          leavesPerSecond = perSecond;
          nextLeaveMicros = perSecond > 0 ? Clock.micros() : Long.MAX_VALUE;
        });
  }

  /** Everybody comes back, and all read. */
  void settle() {
    churn(0);
    ears.execute(
        () -> {
          over = true;
          agenda.clear();
          for (var watcher : watchers) {
            if (watcher.isOpen() && watcher.deaf) {
              ears.listen(watcher);
            } else if (watcher.channel == null) {
              ears.open(watcher);
            }
          }
        });
  }

  void stopReporting() {
    ears.execute(() -> nextReportMicros = Long.MAX_VALUE);
  }

  /** Whether the server has said of everything that it is stored. */
  boolean allAcknowledged() {
    return asked(() -> Arrays.stream(phones).allMatch(phone -> phone.waiting() == 0));
  }

  long reported() {
    return asked(() -> reports);
  }

  /** Counts what is missing in the end. */
  void judge() {
    asked(
        () -> {
          for (var watcher : watchers) {
            watcher.end(phones);
          }
          return true;
        });
  }

  /** From now on those count who get a position that was taken after this moment. */
  void awaitAfter(long micros) {
    asked(
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
    return asked(() -> live);
  }

  /** When 95 % of the spectators were live; 0 before. */
  long mostLiveMicros() {
    return asked(() -> mostLiveMicros);
  }

  long lastLiveMicros() {
    return asked(() -> lastLiveMicros);
  }

  <T> T asked(Supplier<T> question) {
    var answer = new CompletableFuture<T>();
    ears.execute(
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
    long now = Clock.micros();
    while (nextReportMicros <= now) {
      phones[(int) (reports++ % phones.length)].report(nextReportMicros);
      nextReportMicros += SECOND / phones.length;
    }
    while (nextLeaveMicros <= now) {
      letOneLeave(now);
      nextLeaveMicros += (long) (SECOND / leavesPerSecond);
    }
    while (!phonesBack.isEmpty() && phonesBack.peek().micros <= now) {
      ears.open(phonesBack.remove().phone);
    }
    while (!agenda.isEmpty() && agenda.peek().nextMicros <= now) {
      act(agenda.remove(), now);
    }
  }

  private void letOneLeave(long now) {
    for (int i = 0; i < 10; i++) {
      var one = watchers[random.nextInt(watchers.length)];
      if (one.isOpen() && one.manner() == Watcher.Manner.STEADY) {
        one.leaving = true;
        one.nextMicros = now + SECOND + random.nextLong(4 * SECOND);
        if (random.nextBoolean()) {
          ears.leave(one);
        } else {
          ears.end(one);
        }
        return;
      }
    }
  }

  private void act(Watcher watcher, long now) {
    if (watcher.channel == null) {
      tally.reconnects++;
      ears.open(watcher);
      return;
    }
    switch (watcher.manner()) {
      case STEADY -> {}
      case STALLING -> {
        if (watcher.deaf) {
          ears.listen(watcher);
          enter(watcher, now + BETWEEN_STALLS);
        } else {
          ears.beDeaf(watcher);
          watcher.deafSinceMicros = now;
          enter(watcher, now + STALL);
        }
      }
      case VANISHING -> vanish(watcher, now);
    }
  }

  /** Silent for one and a half times as long as the server waits, then a look at what it did. */
  private void vanish(Watcher watcher, long now) {
    if (watcher.gone) {
      tally.overstayed++;
      ears.end(watcher);
    } else if (watcher.deaf) {
      watcher.gone = true;
      ears.listen(watcher);
      enter(watcher, now + 2 * SECOND);
    } else {
      ears.beDeaf(watcher);
      watcher.deafSinceMicros = now;
      enter(watcher, now + size.silence * SECOND * 3 / 2);
    }
  }

  private void enter(Watcher watcher, long micros) {
    agenda.remove(watcher);
    watcher.nextMicros = micros;
    agenda.add(watcher);
  }

  void opened(Watcher watcher) {
    long now = Clock.micros();
    watcher.leaving = false;
    watcher.gone = false;
    if (!over && watcher.manner() != Watcher.Manner.STEADY) {
      enter(watcher, now + SECOND + random.nextLong(BETWEEN_STALLS));
    }
  }

  void lost(Watcher watcher) {
    long now = Clock.micros();
    if (watcher.leaving) {
      enter(watcher, watcher.nextMicros);
      return;
    }
    if (watcher.gone) {
      tally.thrownOut++;
    } else if (watcher.attempts == 0) {
      tally.broken++;
    }
    enter(watcher, now + backoff(watcher.attempts++));
  }

  /** Up to 2 s, then 4: not everybody in the same moment. */
  private long backoff(int attempts) {
    return random.nextLong((2 * SECOND) << Math.min(attempts, BACKOFF_DOUBLINGS));
  }

  void phoneLost(Phone phone) {
    phonesBack.add(new Return(phone, Clock.micros() + backoff(0)));
  }

  void live(Watcher watcher) {
    live++;
    lastLiveMicros = Clock.micros();
    if (mostLiveMicros == 0 && live >= 0.95 * watchers.length) {
      mostLiveMicros = lastLiveMicros;
    }
  }

  @Override
  public void close() {
    ears.close();
  }
}
