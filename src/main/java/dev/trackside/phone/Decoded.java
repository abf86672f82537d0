package dev.trackside.phone;

import dev.trackside.phone.Junk.Kind;
import dev.trackside.track.Fix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an app has said: fixes in the order in which they should be shown, what was none, and
 * whether the runner asks for help. Not for several threads.
 */
final class Decoded {
  private static final Pattern SOS = Pattern.compile("(?i)(^|,)\\s*sos\\s*(,|$)");

  private final List<Fix> fixes = new ArrayList<>();
  private final Map<Kind, Long> junkCounts = new LinkedHashMap<>();
  private final Deque<Junk> newestJunk = new ArrayDeque<>();
  private PhoneProtocol protocol = PhoneProtocol.UNKNOWN;
  private boolean sos;
  private long alarmMs = Fix.NO_TIME;

  /** Takes note in which protocol it goes on. */
  void in(PhoneProtocol next) {
    protocol = next;
  }

  void fix(Fix fix) {
    fixes.add(fix);
  }

  void junk(Reason reason, String words) {
    var kind = new Kind(protocol, reason);
    junkCounts.merge(kind, 1L, Long::sum);
    newestJunk.addLast(new Junk(kind, words));
    if (newestJunk.size() > Quarantine.MOST_EACH) {
      newestJunk.removeFirst();
    }
  }

  /**
   * Takes note of an alarm, which may be several with commas between; only {@code sos} is one.
   *
   * @param time as {@link Moments} understands it
   */
  void alarm(@Nullable String words, @Nullable String time) {
    if (words == null || !SOS.matcher(words).find()) {
      return;
    }
    sos = true;
    try {
      alarmMs = Moments.of(time);
    } catch (IllegalArgumentException _) {
      alarmMs = Fix.NO_TIME;
    }
  }

  /** The last one that was decoded. */
  PhoneProtocol protocol() {
    return protocol;
  }

  List<Fix> fixes() {
    return fixes;
  }

  Map<Kind, Long> junkCounts() {
    return junkCounts;
  }

  /** How much of it was no position. */
  int junkCount() {
    return junkCounts.values().stream().mapToInt(Long::intValue).sum();
  }

  /** The oldest first, as many as are kept. */
  Deque<Junk> newestJunk() {
    return newestJunk;
  }

  /** When he asked for help, epoch milliseconds; at the latest now. */
  long alarmMs(long nowMs) {
    return alarmMs == Fix.NO_TIME ? nowMs : Math.min(alarmMs, nowMs);
  }

  boolean asksForHelp() {
    return sos;
  }
}
