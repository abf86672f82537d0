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
 * What everybody said, was told and was shown, over all lives of a server. Notes at once what can
 * never be right; {@link #check} holds the rest against what is stored. Safe for use by many
 * threads.
 */
final class Book {
  private static final int MOST_OF_A_KIND = 3;

  /** The number of a position that was acknowledged without telling it. */
  private static final long NOT_TOLD = 0;

  private final Set<ReportedFix> said = ConcurrentHashMap.newKeySet();
  private final Map<ReportedFix, Long> acknowledged = new ConcurrentHashMap<>();
  private final Set<ReportedFix> news = ConcurrentHashMap.newKeySet();
  private final Map<Long, ReportedFix> numbers = new ConcurrentHashMap<>();
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
      int said, int acknowledged, long repeats, long duplicates, int shown, int lost, int resets) {}

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
  void says(ReportedFix fix) {
    if (!said.add(fix)) {
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
  void acknowledged(ReportedFix fix, String verdict, long seq, int life) {
    sees(fix, seq);
    boolean fresh = verdict.equals("accepted") || verdict.equals("late");
    if (!fresh && !verdict.equals("duplicate")) {
      fault(verdict + " was the verdict of " + fix);
    }
    if (fresh && seq <= floor(life, fix.group())) {
      fault(seq + " went back behind " + floor(life, fix.group()) + ": " + fix);
    }
    if (fresh && !news.add(fix)) {
      fault(fix + " was new twice, now as " + seq);
    }
    Long before = acknowledged.put(fix, seq);
    if (before == null) {
      return;
    }
    if (before != NOT_TOLD && before != seq) {
      fault(fix + " was acknowledged as " + before + " and as " + seq);
    }
    duplicates.increment();
  }

  /** A phone was told that this is stored, and not as what. */
  void acknowledged(ReportedFix fix) {
    acknowledged.putIfAbsent(fix, NOT_TOLD);
  }

  boolean isAcknowledged(ReportedFix fix) {
    return acknowledged.containsKey(fix);
  }

  int acknowledgements() {
    return acknowledged.size();
  }

  /** A spectator was shown this. */
  void shows(ReportedFix fix, long seq) {
    shown.add(seq);
    sees(fix, seq);
  }

  private void sees(ReportedFix fix, long seq) {
    newest.merge(fix.group(), seq, Math::max);
    ReportedFix before = numbers.putIfAbsent(seq, fix);
    if (before == null && !said.contains(fix)) {
      fault("nobody said " + fix + ", which is shown as " + seq);
    }
    if (before != null && !before.equals(fix)) {
      fault(seq + " was given twice: for " + before + " and for " + fix);
    }
  }

  /** A spectator came back after this number, and was told that it is not there. */
  void reset(String feed, long after) {
    resets.add(new Reset(feed, after));
  }

  /** Holds everything against what is stored in the end. */
  void check(Stored stored) {
    acknowledged.forEach(
        (fix, seq) -> {
          List<Long> places = stored.placesOf(fix);
          if (places.isEmpty()) {
            fault(fix + " was acknowledged as " + seq + ", and is not stored");
          } else if (seq != NOT_TOLD && places.getFirst() != (long) seq) {
            fault(fix + " was acknowledged as " + seq + ", and is stored as " + places);
          }
        });
    stored.all().forEach((seq, fix) -> sees(fix, seq));
    for (ReportedFix fix : said) {
      if (stored.placesOf(fix).size() > 1) {
        fault(fix + " is stored more than once, as " + stored.placesOf(fix));
      }
    }
    for (Reset reset : resets) {
      ReportedFix there = stored.all().get(reset.after);
      if (there != null && Stored.isOf(reset.feed, there.runner())) {
        fault("A reset of " + reset.feed + " after " + reset.after + ", which is there");
      }
    }
  }

  Sum sum(Stored stored) {
    var lost = new TreeSet<>(shown);
    lost.removeAll(stored.all().keySet());
    return new Sum(
        said.size(),
        acknowledged.size(),
        repeats.sum(),
        duplicates.sum(),
        shown.size(),
        lost.size(),
        resets.size());
  }
}
