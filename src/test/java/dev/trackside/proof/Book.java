package dev.trackside.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * What everybody claimed, was told and was shown, over all lives of a server. Notes at once what
 * can never be right; {@link #check} holds the rest against what is stored. Safe for use by many
 * threads.
 */
final class Book {
  private static final int MOST_OF_A_KIND = 3;

  /** The number of a position that was acknowledged without telling it. */
  private static final long NOT_TOLD = 0;

  private final Set<Claim> claimed = ConcurrentHashMap.newKeySet();
  private final Map<Claim, Long> acknowledged = new ConcurrentHashMap<>();
  private final Set<Claim> news = ConcurrentHashMap.newKeySet();
  private final Map<Long, Claim> numbers = new ConcurrentHashMap<>();
  private final Set<Long> shown = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> newest = new ConcurrentHashMap<>();
  private final List<Map<String, Long>> floors = new ArrayList<>(List.of(Map.of()));
  private final Queue<Reset> resets = new ConcurrentLinkedQueue<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> kinds = new ConcurrentHashMap<>();
  private final LongAdder repeats = new LongAdder();
  private final LongAdder duplicates = new LongAdder();

  private record Reset(String feed, long after) {}

  /** What is told about all that happened. */
  record Sum(
      int claimed,
      int acknowledged,
      long repeats,
      long duplicates,
      int shown,
      int lost,
      int resets) {}

  /** Notes something that can never be right; of one kind only the first few. */
  void fault(String words) {
    String kind = words.replaceAll("[\\[{][^]}]*[]}]", "").replaceAll("[0-9]+", "");
    if (kinds.merge(kind, 1, Integer::sum) <= MOST_OF_A_KIND) {
      faults.add(words);
    }
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  /** A phone is about to say this. */
  void claims(Claim claim) {
    if (!claimed.add(claim)) {
      repeats.increment();
    }
  }

  /** Whatever is numbered from now on must be above all that was seen so far. */
  synchronized void newLife() {
    floors.add(Map.copyOf(newest));
  }

  private synchronized long floor(int life, String group) {
    return floors.get(life).getOrDefault(group, 0L);
  }

  /** A phone was told that this is stored; {@code life} is the server's at that time. */
  void acknowledged(Claim claim, String verdict, long seq, int life) {
    sees(claim, seq);
    boolean fresh = verdict.equals("accepted") || verdict.equals("late");
    if (!fresh && !verdict.equals("duplicate")) {
      fault(verdict + " was the verdict of " + claim);
    }
    if (fresh && seq <= floor(life, claim.group())) {
      fault(seq + " went back behind " + floor(life, claim.group()) + ": " + claim);
    }
    if (fresh && !news.add(claim)) {
      fault(claim + " was new twice, now as " + seq);
    }
    Long before = acknowledged.put(claim, seq);
    if (before == null) {
      return;
    }
    if (before != NOT_TOLD && before != seq) {
      fault(claim + " was acknowledged as " + before + " and as " + seq);
    }
    duplicates.increment();
  }

  /** A phone was told that this is stored, and not as what. */
  void acknowledged(Claim claim) {
    acknowledged.putIfAbsent(claim, NOT_TOLD);
  }

  boolean isAcknowledged(Claim claim) {
    return acknowledged.containsKey(claim);
  }

  int acknowledgements() {
    return acknowledged.size();
  }

  /** A spectator was shown this. */
  void shows(Claim claim, long seq) {
    shown.add(seq);
    sees(claim, seq);
  }

  private void sees(Claim claim, long seq) {
    newest.merge(claim.group(), seq, Math::max);
    Claim before = numbers.putIfAbsent(seq, claim);
    if (before == null && !claimed.contains(claim)) {
      fault("nobody said " + claim + ", which is shown as " + seq);
    }
    if (before != null && !before.equals(claim)) {
      fault(seq + " was given twice: for " + before + " and for " + claim);
    }
  }

  /** A spectator came back after this number, and was told that it is not there. */
  void reset(String feed, long after) {
    resets.add(new Reset(feed, after));
  }

  /** Holds everything against what is stored in the end. */
  void check(Stored stored) {
    acknowledged.forEach(
        (claim, seq) -> {
          List<Long> places = stored.placesOf(claim);
          if (places.isEmpty()) {
            fault(claim + " was acknowledged as " + seq + ", and is not stored");
          } else if (seq != NOT_TOLD && places.getFirst() != (long) seq) {
            fault(claim + " was acknowledged as " + seq + ", and is stored as " + places);
          }
        });
    stored.all().forEach((seq, claim) -> sees(claim, seq));
    for (Claim claim : claimed) {
      if (stored.placesOf(claim).size() > 1) {
        fault(claim + " is stored more than once, as " + stored.placesOf(claim));
      }
    }
    for (Reset reset : resets) {
      Claim there = stored.all().get(reset.after);
      if (there != null && Stored.isOf(reset.feed, there.runner())) {
        fault("A reset of " + reset.feed + " after " + reset.after + ", which is there");
      }
    }
  }

  Sum sum(Stored stored) {
    var lost = new TreeSet<>(shown);
    lost.removeAll(stored.all().keySet());
    return new Sum(
        claimed.size(),
        acknowledged.size(),
        repeats.sum(),
        duplicates.sum(),
        shown.size(),
        lost.size(),
        resets.size());
  }
}
