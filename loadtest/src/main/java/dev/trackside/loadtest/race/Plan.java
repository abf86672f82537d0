package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.ClientLibrary;
import dev.trackside.loadtest.wire.ConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A race to be played.
 *
 * @param targets addresses of the same server, used in turn
 * @param elsewhere how many runners another process plays; this one then plays none
 * @param race the name of the race; empty when the runners are not in one
 * @param prefix the runners' ids without their number
 * @param rate positions a second from each runner
 * @param ramp how long until everybody is connected
 * @param play how long the race goes on after the ramp
 * @param patience how long to wait at the end for what is missing
 * @param protocols the protocols of the runners, used in turn
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
    List<RunnerProtocol> protocols,
    boolean marked,
    Share churnASecond,
    Share stalled,
    Share halfOpen,
    Share lossy,
    ClientLibrary client,
    ConnectOptions connectOptions,
    String adminKey,
    OptionalInt serverPid,
    boolean heap,
    boolean keep) {
  /** The number of runners, here or elsewhere. */
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
    return protocols.stream().anyMatch(RunnerProtocol::isPhone);
  }

  long periodMicros() {
    return Math.round(1_000_000 / rate);
  }

  /** The options in words. */
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
    words.put("compression", String.valueOf(connectOptions.compression()));
    words.put("events", String.valueOf(registration.events()));
    words.put(
        "runner protocols",
        protocols.stream().map(RunnerProtocol::wireName).collect(Collectors.joining(", ")));
    words.put("churn", churnASecond + "/s");
    words.put("stalled", stalled.toString());
    words.put("half-open", halfOpen.toString());
    words.put("lossy", lossy.toString());
    words.put("client", client.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return words;
  }
}
