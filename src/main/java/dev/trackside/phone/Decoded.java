package dev.trackside.phone;

import dev.trackside.phone.Junk.Kind;
import dev.trackside.phone.Junk.Reason;
import dev.trackside.track.Fix;
import dev.trackside.track.PhoneClock;
import dev.trackside.track.Quoted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a request said: fixes in the order to show them, junk, and whether the runner asks for help.
 * For one thread.
 */
final class Decoded {
  private static final Pattern BETWEEN = Pattern.compile("[,;|]");

  /** Alarms of apps that ask nobody for help, and ways to say that there is none. */
  private static final Set<String> NO_HELP =
      Set.of(
          ("none no false 0 off general vibration movement lowspeed overspeed falldown lowpower"
                  + " lowbattery fault poweroff poweron door lock unlock geofence geofenceenter"
                  + " geofenceexit gpsantennacut tow idle highrpm hardacceleration hardbraking"
                  + " hardcornering lanechange fatiguedriving powercut powerrestored jamming"
                  + " temperature parking bonnet footbrake fuelleak tampering removing")
              .split(" "));

  private static final int MOST_ALARMS = 20;

  private final List<Fix> fixes = new ArrayList<>();
  private final Map<Kind, Long> junkCounts = new LinkedHashMap<>();
  private final Deque<Junk> newestJunk = new ArrayDeque<>();
  private final Set<Long> alarms = new LinkedHashSet<>();
  private PhoneProtocol protocol = PhoneProtocol.UNKNOWN;
  private int pieces;
  private int notes;

  /** Sets the protocol of what follows. */
  void in(PhoneProtocol next) {
    protocol = next;
  }

  void fix(Fix fix) {
    fixes.add(fix);
    pieces++;
  }

  /** Notes something that is a sign of life although it holds a place. */
  void signOfLife() {
    pieces++;
  }

  /** Adds something that is no position. */
  void junk(Reason reason, String words) {
    pieces++;
    put(reason, words);
  }

  /** Adds a flaw of something that was taken all the same. */
  void note(Reason reason, String words) {
    notes++;
    put(reason, words);
  }

  private void put(Reason reason, String words) {
    var kind = new Kind(protocol.wire(), reason);
    junkCounts.merge(kind, 1L, Long::sum);
    newestJunk.addLast(new Junk(kind, words));
    if (newestJunk.size() > Quarantine.MOST_EACH) {
      newestJunk.removeFirst();
    }
  }

  /** Notes the alarms in a member of a message, however deep in it. */
  void alarms(String name, JsonNode value, FormFields times) {
    if (name.equalsIgnoreCase("alarm")) {
      words(value, times);
    } else if (value.isArray()) {
      value.valueStream().forEach(one -> alarms("", one, times));
    } else {
      value.properties().forEach(member -> alarms(member.getKey(), member.getValue(), times));
    }
  }

  private void words(JsonNode alarm, FormFields times) {
    if (alarm.isValueNode()) {
      alarm(alarm.asString(""), times);
    } else {
      alarm.valueStream().forEach(one -> words(one, times));
    }
  }

  /**
   * Notes an alarm. Only {@code sos} calls for help; what nobody knows is junk.
   *
   * @param words one alarm, or several with commas between them
   * @param times among them when it was, as {@link Moments} finds it
   */
  void alarm(String words, FormFields times) {
    for (String word : BETWEEN.split(words, -1)) {
      String alarm = word.strip().toLowerCase(Locale.ROOT);
      if (alarm.equals("sos")) {
        raise(times);
      } else if (!alarm.isEmpty() && !alarm.equals("null") && !NO_HELP.contains(alarm)) {
        note(Reason.UNKNOWN, "The alarm must be sos to call for help, got " + Quoted.of(alarm));
      }
    }
  }

  private void raise(FormFields times) {
    long tMs;
    try {
      tMs = Moments.of(times);
    } catch (IllegalArgumentException _) {
      tMs = Fix.NO_TIME;
    }
    if (alarms.size() < MOST_ALARMS) {
      alarms.add(tMs);
    }
  }

  /** The protocol that was decoded last. */
  PhoneProtocol protocol() {
    return protocol;
  }

  List<Fix> fixes() {
    return fixes;
  }

  /** How many pieces were decoded, whatever they were. */
  int size() {
    return pieces;
  }

  Map<Kind, Long> junkCounts() {
    return junkCounts;
  }

  /** The number of pieces that are no positions. */
  int junkCount() {
    return junkCounts.values().stream().mapToInt(Long::intValue).sum() - notes;
  }

  /** The newest junk, the oldest of it first. */
  Deque<Junk> newestJunk() {
    return newestJunk;
  }

  /** When the runner asked for help, as their phone gave it. */
  Set<Long> alarms() {
    return alarms;
  }

  /** The moment of an alarm, epoch milliseconds; at the latest now. */
  static long momentMs(long alarmMs, long nowMs) {
    return Math.min(PhoneClock.momentMs(alarmMs, nowMs), nowMs);
  }

  boolean asksForHelp() {
    return !alarms.isEmpty();
  }
}
