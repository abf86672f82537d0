package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.Client;
import dev.trackside.loadtest.wire.Terms;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A race to be played. Immutable.
 *
 * @param targets addresses of the same server, taken in turn
 * @param elsewhere how many runners another process plays; then this one plays none
 * @param race the race's name; empty when the runners are in none
 * @param prefix what the ids of runners begin with, in front of their number
 * @param rate positions a second of each runner
 * @param ramp until everybody is there
 * @param play how long, from then on
 * @param patience how long to wait for what is missing at the end
 * @param tongues how the runners speak, in turn
 * @param marked whether positions carry their number and when they were due
 * @param keep whether the runners stay on the server afterwards
 */
public record Plan(
    List<URI> targets,
    int runners,
    int elsewhere,
    int spectators,
    String race,
    String prefix,
    List<Recording> recordings,
    double rate,
    Duration ramp,
    Duration play,
    Duration patience,
    List<Follow> follow,
    Registration registration,
    List<Tongue> tongues,
    boolean marked,
    Share churnASecond,
    Share stalled,
    Share halfOpen,
    Share lossy,
    Client client,
    Terms terms,
    String adminKey,
    OptionalInt serverPid,
    boolean heap,
    boolean keep) {
  /** The runners that there are, here or elsewhere. */
  int field() {
    return runners + elsewhere;
  }

  String id(int runner) {
    return prefix + runner;
  }

  String everyone() {
    return race + "/*";
  }

  boolean claims() {
    return tongues.stream().anyMatch(Tongue::isPhone);
  }

  long periodMicros() {
    return Math.round(1_000_000 / rate);
  }

  /** What was asked for, in words. */
  Map<String, String> words() {
    var words = new LinkedHashMap<String, String>();
    words.put(
        "runners", elsewhere > 0 ? elsewhere + " elsewhere" : runners + " at " + rate + " Hz");
    words.put("spectators", String.valueOf(spectators));
    words.put(
        "follow",
        follow.stream()
            .map(
                part ->
                    (part.everyone() ? "everyone" : part.runners() == 1 ? "one" : part.runners())
                        + " "
                        + new Share(part.percent()))
            .collect(Collectors.joining(", ")));
    words.put("time", play.toSeconds() + " s after a ramp of " + ramp.toSeconds() + " s");
    words.put("codec", registration.codec().isEmpty() ? "json" : registration.codec());
    words.put("batch", String.valueOf(registration.batch()));
    words.put("pace", registration.paceMs() == null ? "default" : registration.paceMs() + " ms");
    words.put("compression", String.valueOf(terms.compression()));
    words.put("events", String.valueOf(registration.events()));
    words.put(
        "runners speak", tongues.stream().map(Tongue::word).collect(Collectors.joining(", ")));
    words.put("churn", churnASecond + "/s");
    words.put("stalled", stalled.toString());
    words.put("half-open", halfOpen.toString());
    words.put("lossy", lossy.toString());
    words.put("client", client.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return words;
  }
}
