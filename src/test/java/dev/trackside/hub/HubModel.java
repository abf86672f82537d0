package dev.trackside.hub;

import dev.trackside.hub.ModelLog.Entry;
import dev.trackside.memory.MemoryBudget;
import dev.trackside.support.PartView;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import dev.trackside.track.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A hub whose threads are played by hand, and some spectators, who follow, unfollow, come back and
 * read slowly at random; each is held to {@link ModelSpectator}.
 */
final class HubModel implements AutoCloseable {
  private static final List<Runner> RUNNERS =
      Stream.of("r/1", "r/2", "r/3", "r/4", "q/1", "anna").map(Runner::new).toList();
  private static final List<Feed> FEEDS =
      Stream.of("r/1", "r/1", "r/2", "r/3", "r/4", "r/*", "r/*", "r/*", "q/*", "anna")
          .map(Feed::of)
          .toList();

  private static final List<Duration> PACES =
      List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofSeconds(5));
  private static final int MOST_NANOS_A_STEP = 500_000_000;

  /** What a spectator may see of races, and of single runners. */
  private enum Rights {
    NONE,
    OF_RUNNERS,
    ALL
  }

  private final Random random;
  private final boolean longTrails;
  private final ByHand workers;
  private final ByHand readers;
  private final ModelLog log = new ModelLog(this::interfere);
  private final View open =
      new PartView(log, p -> !ModelLog.isMasked(p) && !ModelLog.isPrivate(p.runner()));
  private final View shared = new PartView(log, p -> !ModelLog.isMasked(p));
  private final View whole = new PartView(log, (Position _) -> true);
  private final LogReads reads;
  private final Channels channels;
  private final MemoryBudget memory = new MemoryBudget(1L << 40);
  private final Watchers watchers = new Watchers();
  private final List<ModelSpectator> spectators = new ArrayList<>();
  private final Set<Runner> erasedLately = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private long nowNanos;
  private boolean calming;
  private int depth;
  private long checks;

  /**
   * @param longTrails whether some trails are longer than what is read at once
   */
  HubModel(long seed, boolean longTrails) {
    this.longTrails = longTrails;
    random = new Random(seed);
    workers = new ByHand(random);
    readers = new ByHand(random);
    reads = new LogReads(readers);
    channels =
        new Channels(
            new Lane(Turn::new, workers, workers.timer, () -> nowNanos),
            reads,
            new SlowReaders(memory.openForLive(1)),
            (_, _) -> Status.NOTHING);
    for (Rights rights : Rights.values()) {
      spectators.add(
          new ModelSpectator(
              rights.toString(),
              log,
              RUNNERS,
              faults,
              sink ->
                  new Subscriber(
                      channels, watchers, sink, () -> faults.add("sent away"), () -> {})));
    }
  }

  private int pick(int bound) {
    return random.nextInt(bound);
  }

  private <T> T pick(List<T> list) {
    return list.get(pick(list.size()));
  }

  /** One step; throws an {@link AssertionError} when a spectator gets what is wrong. */
  void step() {
    nowNanos += pick(MOST_NANOS_A_STEP);
    switch (pick(40)) {
      case 0 -> calm();
      case 1 -> erase(pick(RUNNERS));
      case 2, 3 -> pick(spectators).slowDown();
      case 4, 5 -> pick(spectators).speedUp();
      case 6, 7, 8, 9 -> pick(spectators).letOneLeave();
      case 10, 11, 12, 13, 14, 15, 16 -> follow();
      case 17, 18, 19, 20, 21 -> unfollow();
      case 22, 23, 24, 25, 26, 27, 28 -> append();
      default -> doOne();
    }
    fail();
  }

  private void fail() {
    if (!faults.isEmpty()) {
      throw new AssertionError(faults.getFirst());
    }
  }

  /** What other threads may do between two steps of one. */
  private void interfere() {
    if (!calming && depth == 0 && pick(4) == 0) {
      depth++;
      switch (pick(3)) {
        case 0 -> unfollow();
        case 1 -> pick(spectators).letOneLeave();
        default -> workers.doOne(); // no reader, which would wait for the log's lock
      }
      depth--;
    }
  }

  private boolean doOne() {
    return pick(2) == 0 ? workers.doOne() || readers.doOne() : readers.doOne() || workers.doOne();
  }

  private void append() {
    Runner runner = pick(RUNNERS);
    int most = pick(30) == 0 ? 1_500 : pick(6) == 0 ? 200 : 4;
    boolean masked = pick(4) == 0;
    int count = 1 + pick(most);
    List<Entry> entries = log.note(runner, count, masked);
    spectators.forEach(one -> one.arrive(runner, entries));
    log.append(runner, count, masked);
  }

  private void erase(Runner runner) {
    if (erasedLately.add(runner)) {
      log.forget(runner);
    }
  }

  private void unfollow() {
    ModelSpectator one = pick(spectators);
    one.unfollow(one.feeds().isEmpty() ? pick(FEEDS) : pick(List.copyOf(one.feeds())));
  }

  private void follow() {
    int number = pick(spectators.size());
    ModelSpectator one = spectators.get(number);
    Feed feed = pick(FEEDS);
    Rights rights = Rights.values()[number];
    boolean race = feed instanceof Feed.Race;
    View view =
        switch (rights) {
          case NONE -> race ? open : shared;
          case OF_RUNNERS -> race ? open : whole;
          case ALL -> whole;
        };
    Predicate<Entry> shown =
        entry ->
            view.equals(whole)
                || (!entry.masked()
                    && (view.equals(shared) || !ModelLog.isPrivate(entry.runner())));
    Duration pace = pick(PACES);
    var options = new SubscribeOptions(Spectator.LINES, pace, false, view);
    int each = pick(3) == 0 ? pick(60) : pick(2);
    if (longTrails && each > 30) {
      each += Start.LONGEST_AT_ONCE - 40;
    }
    Start start =
        pick(2) == 0
            ? new Start.Recent(each)
            : new Start.After(one.numberOf(feed, pick(1_000)), each);
    one.follow(feed, options, shown, start);
  }

  /** Lets everything come to its end, and checks that nothing is missing. */
  void calm() {
    calming = true;
    do {
      spectators.forEach(ModelSpectator::speedUp);
      nowNanos += MOST_NANOS_A_STEP;
    } while (doOne());
    calming = false;
    spectators.forEach(ModelSpectator::checkWhole);
    checks++;
    erasedLately.clear();
    fail();
  }

  long received() {
    return spectators.stream().mapToLong(ModelSpectator::received).sum();
  }

  /** How often all was calm. */
  long checks() {
    return checks;
  }

  long skipped() {
    return spectators.stream().mapToLong(ModelSpectator::skipped).sum();
  }

  @Override
  public void close() {
    workers.shutdown();
    readers.shutdown();
  }
}
