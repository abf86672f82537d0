package dev.trackside.run;

import dev.trackside.access.Key;
import dev.trackside.access.PastRuns;
import dev.trackside.access.RunEnd;
import dev.trackside.access.RunSpan.Spot;
import dev.trackside.access.RunState;
import dev.trackside.access.Zone;
import dev.trackside.run.RunSpans.Place;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hides where a runner's runs start and end from everybody without the key. A run ends when the
 * runner says so, or falls silent. The surroundings of the start are hidden from the first moment;
 * those of the end once the run is over, as nobody knows before where it will be. A runner who ends
 * where they started is hidden there all along. What is hidden depends on the positions alone, not
 * on the order in which the mask hears of them. Hides everything until it is opened. Safe for use
 * by many threads.
 */
final class Mask {
  /** Held by the one who reads the log for this mask. */
  final ReentrantLock reading = new ReentrantLock();

  /** Hears of what is hidden. */
  interface News {
    /** Something is shown that was hidden before, or the end of a run is hidden. */
    void changed();

    /** The start of a run is hidden: see {@link #hasComeTo}. */
    void begun();
  }

  /**
   * Where a run began.
   *
   * @param seq the number of the position that says so
   */
  private record Start(Zone zone, long seq) {}

  private static final int MOST_STARTS = 100;

  private final Key.Hash secret;
  private final List<Zone> older;
  private final News news;
  private final Map<Zone, Integer> zones = new HashMap<>();
  private final List<Start> starts = new ArrayList<>();
  private final RunSpans runs;
  private List<RunEnd> ends;
  private boolean finished;
  private int maskM;
  private long seq;
  private long readSeq;
  private long noting;
  private @Nullable Zone silent;
  private boolean open;

  /** Another number whenever other positions may be shown; the first is anyone's guess. */
  private long edition = ThreadLocalRandom.current().nextLong();

  /**
   * @param secret keeps others from computing the place inside a zone
   * @param news must return at once; told on any thread, once the mask is open
   */
  Mask(int maskM, RunState run, Key.Hash secret, News news) {
    this.secret = secret;
    this.maskM = maskM;
    this.older = run.zones();
    this.news = news;
    this.ends = run.ends();
    this.seq = run.past().seq();
    this.readSeq = seq;
    this.finished = run.finished();
    this.runs = new RunSpans(run.past().runs(), ends, finished, this::replace);
  }

  private void replace(List<Place> before, List<Place> after) {
    if (before.equals(after)) {
      return;
    }
    boolean changed = false;
    for (Place place : after) {
      Zone zone = around(place.latDeg(), place.lonDeg());
      if (zones.merge(zone, 1, Integer::sum) == 1) {
        changed |= place.isEnd() || starts.size() == MOST_STARTS;
        begin(zone);
      }
    }
    for (Place place : before) {
      Zone zone = around(place.latDeg(), place.lonDeg());
      changed |= zones.computeIfPresent(zone, (_, n) -> n == 1 ? null : n - 1) == null;
    }
    tell(changed);
  }

  private void begin(Zone zone) {
    if (open && starts.size() < MOST_STARTS) {
      starts.add(new Start(zone, noting));
      news.begun();
    }
  }

  private void tell(boolean changed) {
    if (changed && open) {
      edition++;
      news.changed();
    }
  }

  /** Whether any of these positions was there before a run began near it, since the last call. */
  synchronized boolean hasComeTo(List<Position> earlier) {
    List<Start> begun = List.copyOf(starts);
    starts.clear();
    for (Position position : earlier) {
      for (Start one : begun) {
        if (position.seq() < one.seq && hides(one.zone, position.fix())) {
          edition++;
          return true;
        }
      }
    }
    return false;
  }

  private Zone around(double latDeg, double lonDeg) {
    return Zones.around(latDeg, lonDeg, maskM, secret);
  }

  synchronized boolean isOpen() {
    return open;
  }

  /** The number up to which it has been told the log. */
  synchronized long readSeq() {
    return readSeq;
  }

  /**
   * Takes what follows in the log; hides no more than it has to once that was the last.
   *
   * @return whether it was
   */
  synchronized boolean read(List<Position> page, boolean last) {
    page.forEach(this::note);
    readSeq = page.isEmpty() ? readSeq : page.getLast().seq();
    open = last;
    edition++;
    return open;
  }

  /** Begins anew with the log. Hides everything meanwhile. */
  synchronized void restart() {
    open = false;
    edition++;
    readSeq = 0;
    forget();
  }

  /** Forgets the runs of a runner who has been erased. */
  synchronized void forget() {
    runs.clear();
    silent = null;
    seq = 0;
  }

  /** Returns whether that changes anything. */
  synchronized boolean widen(int metres) {
    if (metres == maskM) {
      return false;
    }
    maskM = metres;
    edition++;
    zones.clear();
    silent = null;
    runs.tellAll();
    return true;
  }

  /** Returns whether there are more runs now, or fewer. */
  synchronized boolean note(Position position) {
    seq = Math.max(seq, position.seq());
    Spot last = runs.last();
    int before = runs.all().size();
    noting = position.seq();
    runs.add(position);
    Zone end = silent;
    if (end != null && !Objects.equals(last, runs.last())) {
      silent = null;
      tell(!zones.containsKey(end));
    }
    return runs.all().size() != before;
  }

  /**
   * Takes over which runs the runner has ended.
   *
   * @return false if something of a run that has been ended arrived while they did; then a new mask
   *     is needed
   */
  synchronized boolean end(RunState run) {
    if (!run.ends().equals(ends) && runs.lastMs() > run.ends().getLast().lastMs()) {
      return false;
    }
    if (!run.ends().equals(ends) || run.finished() != finished) {
      ends = run.ends();
      finished = run.finished();
      runs.end(ends, finished);
    }
    return true;
  }

  /** The newest moment of all; empty if that is not known yet. */
  synchronized OptionalLong lastMs() {
    return open ? OptionalLong.of(runs.lastMs()) : OptionalLong.empty();
  }

  synchronized boolean hides(Position position, long nowMs) {
    if (!open || position.tMs() <= runs.hiddenUntilMs()) {
      return true;
    }
    Fix fix = position.fix();
    Zone end = silentEnd(nowMs);
    return (end != null && hides(end, fix)) || isIn(zones.keySet(), fix) || isIn(older, fix);
  }

  private boolean isIn(Iterable<Zone> some, Fix fix) {
    for (Zone zone : some) {
      if (hides(zone, fix)) {
        return true;
      }
    }
    return false;
  }

  private boolean hides(Zone zone, Fix fix) {
    return Zones.hides(zone, fix.latDeg(), fix.lonDeg(), maskM);
  }

  /** Where the present run ended, if the runner has fallen silent. */
  private @Nullable Zone silentEnd(long nowMs) {
    Spot last = runs.last();
    if (silent == null && last != null && nowMs - last.tMs() > Runs.SILENCE_MS) {
      Zone end = around(last.latDeg(), last.lonDeg());
      silent = end;
      tell(!zones.containsKey(end));
    }
    return silent;
  }

  /** Differs with what is hidden. */
  synchronized String tag(long nowMs) {
    long sum = 0;
    for (Zone zone : zones.keySet()) {
      sum += mixed(zone);
    }
    Zone end = silentEnd(nowMs);
    if (end != null && !zones.containsKey(end)) {
      sum += mixed(end);
    }
    sum = 31 * (31 * sum + maskM) + runs.hiddenUntilMs() + older.hashCode();
    return Long.toHexString(sum) + (open ? "" : "-");
  }

  /**
   * Differs whenever a follower may see something else. It is the same while more is hidden of what
   * nobody has seen, so that it does not tell that somebody has set out.
   */
  synchronized String edition(long nowMs) {
    silentEnd(nowMs);
    return Long.toHexString(edition);
  }

  private static long mixed(Zone zone) {
    long lat = Double.doubleToLongBits(zone.latDeg()) * 0x9E3779B97F4A7C15L;
    long lon = Double.doubleToLongBits(zone.lonDeg()) ^ Long.rotateLeft(lat, 31);
    return (lon ^ (lon >>> 29)) * 0xBF58476D1CE4E5B9L + zone.slackM();
  }

  /** The stored state with the runs that this mask knows. */
  synchronized RunState in(RunState run) {
    if (!open) {
      return run;
    }
    boolean all = runs.hiddenUntilMs() == 0; // otherwise the next start finds out anew what is left
    return run.knowing(all ? new PastRuns(seq, runs.all()) : PastRuns.NONE);
  }
}
