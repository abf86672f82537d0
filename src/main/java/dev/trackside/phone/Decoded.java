package dev.trackside.phone;

import dev.trackside.phone.Junk.Kind;
import dev.trackside.phone.Junk.Reason;
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
 * What a request said: fixes in the order to show them, junk, and whether the runner asks for help.
 * For one thread.
 */
final class Decoded {
  private static final Pattern SOS = Pattern.compile("(?i)(^|,)\\s*sos\\s*(,|$)");

  private final List<Fix> fixes = new ArrayList<>();
  private final Map<Kind, Long> junkCounts = new LinkedHashMap<>();
  private final Deque<Junk> newestJunk = new ArrayDeque<>();
  private PhoneProtocol protocol = PhoneProtocol.UNKNOWN;
  private boolean sos;
  private long alarmMs = Fix.NO_TIME;

  /** Sets the protocol of what follows. */
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
   * Notes an alarm. Only {@code sos} counts.
   *
   * @param words one alarm, or several with commas between them
   * @param time as {@link Moments} reads it
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

  /** The protocol that was decoded last. */
  PhoneProtocol protocol() {
    return protocol;
  }

  List<Fix> fixes() {
    return fixes;
  }

  Map<Kind, Long> junkCounts() {
    return junkCounts;
  }

  int junkCount() {
    return junkCounts.values().stream().mapToInt(Long::intValue).sum();
  }

  /** The newest junk, the oldest of it first. */
  Deque<Junk> newestJunk() {
    return newestJunk;
  }

  /** When the runner asked for help, epoch milliseconds; at the latest now. */
  long alarmMs(long nowMs) {
    return alarmMs == Fix.NO_TIME ? nowMs : Math.min(alarmMs, nowMs);
  }

  boolean asksForHelp() {
    return sos;
  }
}
