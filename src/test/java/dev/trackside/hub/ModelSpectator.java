package dev.trackside.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.trackside.connection.Sink;
import dev.trackside.hub.ModelLog.Entry;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A subscriber, and the simplest idea of what it must get: of each runner every position that one
 * of its feeds owes, in order, no more often than it was asked for, or counted as skipped.
 */
final class ModelSpectator implements Sink {
  private static final int STORY = 300;

  /** What one feed owes. */
  private static final class Followed {
    final Predicate<Entry> shown;
    final Start start;
    final long sinceSeq;

    /** The positions of each runner after this number are owed. */
    final Map<Runner, Long> owedAfter = new HashMap<>();

    final Map<Runner, Long> askedAfter = new HashMap<>();

    /** Whether all has not been calm since it was followed. */
    boolean fresh = true;

    /** Whether the race of this runner was followed at any time meanwhile. */
    boolean besideRace;

    Followed(Predicate<Entry> shown, Start start, long sinceSeq) {
      this.shown = shown;
      this.start = start;
      this.sinceSeq = sinceSeq;
    }
  }

  /** What came of one runner. */
  private static final class Trace {
    /** How often each position may still come. */
    final Map<Long, Integer> allowed = new HashMap<>();

    /** What came, or was counted as skipped, while the runner was followed without a break. */
    final Set<Long> had = new HashSet<>();

    final List<Predicate<Entry>> shown = new ArrayList<>();

    /** The client says that it has everything up to this number. */
    long saidSeq;

    long erasedSeq;

    /** Whether an erased position came after word of it. */
    boolean stale;

    /**
     * Positions up to this number come in an order of their own: their race was asked for later.
     */
    long pastSeq;

    long lastPast;
    long lastLive;

    /** How often the order may begin anew, since the past was asked for. */
    int beginnings;
  }

  final Subscriber subscriber;
  private final String name;
  private final ModelLog log;
  private final List<Runner> runners;
  private final List<String> faults;
  private final Map<Feed, Followed> followed = new HashMap<>();
  private final Map<Feed, Followed> unfollowed = new HashMap<>();
  private final Set<Feed> mayReset = new HashSet<>();
  private final Map<Runner, Trace> traces = new HashMap<>();
  private final ArrayDeque<String> story = new ArrayDeque<>();
  private boolean slow;
  private boolean writing;
  private long received;
  private long skipped;

  /**
   * @param faults gets what is wrong
   */
  ModelSpectator(
      String name,
      ModelLog log,
      List<Runner> runners,
      List<String> faults,
      Function<Sink, Subscriber> enter) {
    this.name = name;
    this.faults = faults;
    this.log = log;
    this.runners = runners;
    this.subscriber = enter.apply(this);
  }

  long received() {
    return received;
  }

  long skipped() {
    return skipped;
  }

  Set<Feed> feeds() {
    return followed.keySet();
  }

  boolean follows(Feed feed) {
    return followed.containsKey(feed);
  }

  private static boolean holds(Feed feed, Runner runner) {
    return switch (feed) {
      case Feed.One(Runner one) -> one.equals(runner);
      case Feed.Race(String race) -> runner.race().equals(race);
    };
  }

  private static Feed raceOf(Runner runner) {
    return new Feed.Race(runner.race().isEmpty() ? "none" : runner.race());
  }

  private Trace traceOf(Runner runner) {
    return traces.computeIfAbsent(runner, _ -> new Trace());
  }

  private boolean isFollowed(Runner runner) {
    return follows(new Feed.One(runner)) || follows(raceOf(runner));
  }

  void follow(Feed feed, SubscribeOptions options, Predicate<Entry> shown, Start start) {
    tell("follows " + feed + " " + start + " at " + log.newestSeq());
    if (!follows(feed)) {
      if (start instanceof Start.After) {
        mayReset.add(feed);
      }
      var one = new Followed(shown, start, log.newestSeq());
      for (Runner runner : runners) {
        if (holds(feed, runner)) {
          expect(feed, runner, one);
        }
      }
      followed.put(feed, one);
    }
    subscriber.follow(feed, options, start);
  }

  private void expect(Feed feed, Runner runner, Followed one) {
    Trace trace = traceOf(runner);
    List<Entry> seen = log.of(runner).stream().filter(one.shown).toList();
    long after =
        switch (one.start) {
          case Start.After(long seq, int _) -> seq;
          case Start.Again(long seq, int _) -> seq;
          case Start.Recent(int each) ->
              each < seen.size() ? seen.get(seen.size() - each - 1).seq() : 0;
        };
    one.owedAfter.put(runner, Math.min(after, one.sinceSeq));
    one.askedAfter.put(runner, after);
    trace.shown.add(one.shown);
    boolean asks = !(one.start instanceof Start.Recent(int each)) || each > 1;
    List<Long> past = seen.stream().map(Entry::seq).filter(seq -> seq > after).toList();
    Followed own = followed.get(new Feed.One(runner));
    boolean again =
        unfollowed.keySet().stream()
            .anyMatch(ended -> ended.equals(new Feed.One(runner)) || ended.equals(raceOf(runner)));
    if (feed instanceof Feed.One) {
      one.besideRace = follows(raceOf(runner));
      if (one.start instanceof Start.After(long seq, int _)) {
        trace.saidSeq = Math.max(trace.saidSeq, Math.min(seq, one.sinceSeq));
      }
      if (!one.besideRace) {
        trace.lastLive = Math.max(trace.lastLive, trace.lastPast);
        trace.pastSeq = 0;
        allow(trace, past, again);
        trace.beginnings += again ? 2 : 1;
      } else {
        if (asks || unfollowed.containsKey(feed)) {
          allow(trace, past, true);
        }
        trace.beginnings += 2; // what the race brings meanwhile may overtake the own feed's past
        // what the race still owes comes this way, with all that this feed shows
        Followed race = requireNonNull(followed.get(raceOf(runner)));
        long owed = Math.min(after, requireNonNull(race.owedAfter.get(runner)));
        long asked = requireNonNull(race.askedAfter.get(runner));
        Predicate<Entry> had =
            e -> trace.had.contains(e.seq()) && race.shown.test(e) && e.seq() > asked;
        allow(trace, numbers(seen, e -> e.seq() > owed && !had.test(e)), false);
      }
    } else if (own == null) {
      trace.lastLive = Math.max(trace.lastLive, trace.lastPast);
      trace.pastSeq = 0;
      allow(trace, past, again);
      trace.beginnings += again ? 2 : 1;
    } else {
      boolean onlyOwn = !own.besideRace && !again;
      long asked = requireNonNull(own.askedAfter.get(runner));
      allow(
          trace,
          past.stream()
              .filter(seq -> !onlyOwn || seq <= asked || !trace.had.contains(seq))
              .toList(),
          !onlyOwn);
      // what this feed owes may come by the own feed, with all that that one shows
      allow(
          trace,
          numbers(
              log.of(runner),
              e -> e.seq() > after && own.shown.test(e) && !trace.had.contains(e.seq())),
          false);
      own.besideRace = true;
      trace.pastSeq = one.sinceSeq;
      trace.lastPast = trace.lastLive;
      trace.beginnings += 2;
    }
  }

  private static List<Long> numbers(List<Entry> entries, Predicate<Entry> chosen) {
    return entries.stream().filter(chosen).map(Entry::seq).toList();
  }

  private static void allow(Trace trace, List<Long> past, boolean onceMore) {
    for (long seq : past) {
      trace.allowed.merge(seq, 1, (known, _) -> onceMore ? known + 1 : Math.max(known, 1));
    }
  }

  void unfollow(Feed feed) {
    tell("unfollows " + feed);
    Followed ended = followed.remove(feed);
    if (ended != null) {
      unfollowed.put(feed, ended);
      for (Runner runner : runners) {
        if (holds(feed, runner) && !isFollowed(runner)) {
          traceOf(runner).had.clear();
          traceOf(runner).saidSeq = 0;
        }
      }
    }
    subscriber.unfollow(feed);
  }

  /** Hears of positions that are about to be appended. */
  void arrive(Runner runner, List<Entry> entries) {
    tell("arrive " + runner + " " + entries.getFirst() + " to " + entries.getLast().seq());
    for (Feed feed : List.of(new Feed.One(runner), raceOf(runner))) {
      Followed one = followed.get(feed);
      if (one != null) {
        allow(traceOf(runner), entries.stream().filter(one.shown).map(Entry::seq).toList(), false);
      }
    }
  }

  /** A number to come back with: mostly one of the feed. */
  long numberOf(Feed feed, int kind) {
    var numbers = new ArrayList<Long>();
    for (Runner runner : runners) {
      if (holds(feed, runner)) {
        log.of(runner).forEach(entry -> numbers.add(entry.seq()));
      }
    }
    return kind % 10 == 0 || numbers.isEmpty()
        ? kind % 20 == 0 ? 0 : log.newestSeq() + 1_000_000
        : numbers.get(kind % numbers.size());
  }

  void slowDown() {
    tell("slow");
    slow = true;
  }

  void speedUp() {
    tell("fast");
    slow = false;
    letOneLeave();
  }

  void letOneLeave() {
    if (writing) {
      writing = false;
      subscriber.written();
    }
  }

  @Override
  public boolean write(ByteBuffer bytes) {
    check(!writing, "a write while another is under way");
    byte[] text = new byte[bytes.remaining()];
    bytes.get(text);
    new String(text, US_ASCII).lines().forEach(this::take);
    writing = slow;
    return !slow;
  }

  /** Keeps the last that happened, to be read when something is wrong. */
  private void tell(String line) {
    story.add(line);
    if (story.size() > STORY) {
      story.remove();
    }
  }

  private void take(String line) {
    tell("gets " + line.replaceFirst(" x+$", ""));
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "erased" -> {
        Trace trace = traceOf(new Runner(words[1]));
        trace.erasedSeq = log.erasedSeq(new Runner(words[1]));
        trace.stale = false;
      }
      case "reset" -> drop(Feed.of(words[1]));
      default -> {
        boolean skips = words[2].length() < 10 && !words[2].startsWith("x");
        take(
            new Runner(words[0]),
            Long.parseLong(words[1]),
            skips ? Long.parseLong(words[2]) : 0,
            skips ? Long.parseLong(words[3]) : 0);
      }
    }
  }

  private void drop(Feed feed) {
    Followed one = followed.getOrDefault(feed, unfollowed.get(feed));
    if (one == null) {
      check(false, "a reset of " + feed);
      return;
    }
    check(mayReset.contains(feed), "a reset of " + feed + ", followed " + one.start);
    for (Runner runner : runners) {
      if (holds(feed, runner)) {
        Trace trace = traceOf(runner);
        one.owedAfter.put(runner, one.sinceSeq);
        Followed race = followed.get(raceOf(runner));
        if (race != null) {
          race.owedAfter.merge(runner, one.sinceSeq, Math::max);
        }
        Followed own = followed.get(new Feed.One(runner));
        if (own == null || !own.fresh) { // otherwise it may have been said after the reset
          trace.saidSeq = 0;
        }
        trace.pastSeq = log.newestSeq();
        trace.lastPast = Math.max(trace.lastPast, trace.lastLive);
        trace.beginnings += 3;
        allow(trace, numbers(log.ever(runner), one.shown), true);
      }
    }
  }

  private void take(Runner runner, long seq, long skips, long since) {
    Trace trace = traceOf(runner);
    received++;
    String what = runner + " " + seq;
    trace.stale |= seq <= trace.erasedSeq; // until the runner's other feed has told as well
    int allowed = trace.allowed.getOrDefault(seq, 0);
    check(allowed > 0, what + " comes once too often");
    trace.allowed.put(seq, allowed - 1);
    long last = seq <= trace.pastSeq ? trace.lastPast : trace.lastLive;
    if (seq < last) {
      check(trace.beginnings > 0, what + " comes after " + last);
      trace.beginnings--;
    }
    if (seq <= trace.pastSeq) {
      trace.lastPast = seq;
    } else {
      trace.lastLive = seq;
    }
    List<Entry> before = log.of(runner).stream().filter(e -> e.seq() <= seq).toList();
    if (!before.isEmpty() && before.getLast().seq() == seq) {
      Entry entry = before.getLast();
      check(trace.shown.stream().anyMatch(shown -> shown.test(entry)), what + " is hidden");
    }
    if (isFollowed(runner)) {
      trace.had.add(seq);
    }
    if (skips > 0) {
      countSkipped(what, trace, before, skips, since);
    }
  }

  private void countSkipped(String what, Trace trace, List<Entry> before, long skips, long since) {
    if (before.isEmpty()) {
      return; // erased meanwhile
    }
    List<Entry> between =
        before.subList(0, before.size() - 1).stream().filter(e -> e.seq() > since).toList();
    List<Entry> followedOnly =
        between.stream().filter(e -> trace.allowed.getOrDefault(e.seq(), 0) > 0).toList();
    List<Entry> left =
        Stream.of(between, followedOnly)
            .flatMap(all -> trace.shown.stream().map(shown -> all.stream().filter(shown).toList()))
            .filter(list -> list.size() == skips)
            .findFirst()
            .orElse(List.of());
    check(!left.isEmpty(), what + " has skipped " + skips + " since " + since);
    skipped += skips;
    if (trace.beginnings == 0) {
      left.forEach(
          e ->
              check(
                  !trace.had.contains(e.seq()), what + " has skipped " + e.seq() + ", which came"));
    }
    left.forEach(entry -> trace.had.add(entry.seq()));
  }

  /** Checks that nothing is missing, now that nothing is under way. */
  void checkWhole() {
    tell("checked");
    for (Runner runner : runners) {
      Trace trace = traceOf(runner);
      check(!trace.stale || !isFollowed(runner), "erased positions of " + runner + " stay");
      followed.forEach(
          (feed, one) -> {
            if (holds(feed, runner)) {
              checkWhole(feed, runner, trace, one);
            }
          });
      trace.shown.clear();
      followed.forEach(
          (feed, one) -> {
            if (holds(feed, runner)) {
              trace.shown.add(one.shown);
            }
          });
      trace.beginnings = 0;
      trace.allowed.clear();
    }
    unfollowed.clear();
    mayReset.clear();
  }

  private void checkWhole(Feed feed, Runner runner, Trace trace, Followed one) {
    long after = Math.max(one.owedAfter.getOrDefault(runner, 0L), trace.saidSeq);
    for (Entry entry : log.of(runner)) {
      check(
          entry.seq() <= after || !one.shown.test(entry) || trace.had.contains(entry.seq()),
          "%s %d of %s is missing".formatted(runner, entry.seq(), feed));
    }
    one.owedAfter.put(runner, Math.max(one.owedAfter.getOrDefault(runner, 0L), log.newestSeq()));
    one.fresh = false;
  }

  private void check(boolean right, String fault) {
    if (!right) {
      faults.add("%s: %s%n  %s".formatted(name, fault, String.join("\n  ", story)));
    }
  }
}
