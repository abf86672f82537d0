package dev.trackside.loadtest.race;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.trackside.loadtest.wire.ClientLibrary;
import dev.trackside.loadtest.wire.ConnectOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a race. */
final class RaceOptions {
  private static final int MOST_PAIRS = 100_000_000;
  private static final int CONNECTIONS_A_SECOND = 250;
  private static final int MOST_PORTS = 28_000;
  private static final int OTHER_FILES = 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  @Option(
      names = "--url",
      required = true,
      split = ",",
      paramLabel = "URL",
      description = {
        "The server, such as ws://host:8080 or wss://host. Several addresses of the same server are",
        "used in turn: one pair of addresses has room for 28,000 connections."
      })
  private List<String> urls = List.of();

  @Option(
      names = "--runners",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many runners send. Default: 100")
  private int runners;

  @Option(
      names = "--runners-elsewhere",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "How many runners of the same --race another process plays; this one plays spectators only.",
      })
  private int elsewhere;

  @Option(
      names = "--spectators",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many spectators watch. Default: 1000")
  private int spectators;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "1",
      description = "How long, after the ramp. Default: 1")
  private double minutes;

  @Option(
      names = "--ramp",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = {
        "How long until everybody is connected; delays count from its end. Default: 250",
        "connections a second"
      })
  private @Nullable Duration ramp;

  @Option(
      names = "--follow",
      paramLabel = "MIX",
      defaultValue = "one",
      description = {
        "Whom spectators follow: one, several:N or everyone, or a mix such as",
        "one:60%%,several:5:30%%,everyone:10%%. Default: one"
      })
  private String follow = "one";

  @Option(
      names = "--race",
      paramLabel = "NAME",
      description = "The name of the race. Default: a new one")
  private @Nullable String race;

  @Option(
      names = "--runs",
      split = ",",
      paramLabel = "PATH",
      description = "Recorded runs: GPX files or directories of them. Default: two built-in ones")
  private List<Path> runs = List.of();

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      defaultValue = "1",
      description = "Positions a second from each runner. Default: 1")
  private double rate;

  @Mixin private WireOptions wire = new WireOptions();
  @Mixin private TroubleOptions trouble = new TroubleOptions();

  /**
   * @throws IllegalArgumentException when options contradict each other
   * @throws IOException when a recording cannot be read
   */
  Plan plan() throws IOException {
    within("--runners", runners, elsewhere > 0 ? 0 : 1, 100_000);
    within("--runners-elsewhere", elsewhere, 0, 100_000);
    within("--spectators", spectators, 0, 100_000);
    within("--minutes", minutes, 0.01, 10_000);
    within("--rate", rate, 0.01, 50);
    Integer paceMs = wire.registration().paceMs();
    if (paceMs != null) {
      within("--pace", paceMs, 0, 60_000);
    }
    if (race != null && !NAME.matcher(race).matches()) {
      throw new IllegalArgumentException(
          "--race must be 1 to 64 of A-Z a-z 0-9 _ -, got \"" + race + '"');
    }
    int played = elsewhere > 0 ? 0 : runners;
    List<Follow> mix = Follow.mix(follow);
    List<RunnerProtocol> protocols = wire.protocols();
    boolean phones = protocols.stream().anyMatch(RunnerProtocol::isPhone);
    boolean inRace = !phones || !wire.adminKey().isEmpty();
    check(mix, protocols, phones, inRace);
    int connections = played + spectators;
    checkRoom(connections);
    String name = race == null ? newName() : race;
    return new Plan(
        targets(),
        played,
        elsewhere,
        spectators,
        inRace ? name : "",
        inRace ? name + '/' : name + '-',
        Recordings.read(runs),
        rate,
        ramp == null ? Duration.ofSeconds(1 + connections / CONNECTIONS_A_SECOND) : ramp,
        Duration.ofMillis(Math.round(minutes * 60_000)),
        trouble.patience(),
        mix,
        wire.registration(),
        protocols,
        !wire.unmarked(),
        trouble.churn(),
        trouble.stalled(),
        trouble.halfOpen(),
        trouble.lossy(),
        wire.client() == null ? ClientLibrary.fitting(connections) : wire.client(),
        new ConnectOptions(wire.insecure(), wire.compression()),
        wire.adminKey(),
        wire.pid() > 0 ? OptionalInt.of(wire.pid()) : OptionalInt.empty(),
        wire.heap(),
        wire.keep() || elsewhere > 0);
  }

  private static String newName() {
    return "lt" + Long.toString(new SecureRandom().nextLong() >>> 1, 36);
  }

  private void check(
      List<Follow> mix, List<RunnerProtocol> protocols, boolean phones, boolean inRace) {
    if (!inRace && mix.stream().anyMatch(Follow::everyone)) {
      throw new IllegalArgumentException(
          "--phones with --follow everyone needs --admin-key, since claiming runners in a race takes"
              + " it");
    }
    if (!inRace && race != null) {
      throw new IllegalArgumentException("--phones with --race needs --admin-key");
    }
    if (rate > 1 && protocols.stream().anyMatch(RunnerProtocol::hasWholeSeconds)) {
      throw new IllegalArgumentException(
          "owntracks and traccar send whole seconds: --rate must be at most 1 with them, got "
              + rate);
    }
    if (elsewhere > 0 && (race == null || phones || wire.unmarked())) {
      throw new IllegalArgumentException(
          "--runners-elsewhere needs the --race that they run, and excludes --phones and --unmarked");
    }
    double everyone =
        mix.stream().filter(Follow::everyone).mapToDouble(Follow::percent).sum() / 100;
    double pairs = everyone * spectators * Math.max(runners, elsewhere);
    if (pairs > MOST_PAIRS) {
      throw new IllegalArgumentException(
          "a process tracks at most %,d pairs of a spectator and a runner, got %,.0f"
              .formatted(MOST_PAIRS, pairs));
    }
  }

  private void checkRoom(int connections) {
    if (connections / urls.size() > MOST_PORTS) {
      throw new IllegalArgumentException(
          "one address has room for %,d connections, got %,d: give --url several addresses, such"
                  .formatted(MOST_PORTS, connections)
              + " as ws://127.0.0.1:8080,ws://127.0.0.2:8080");
    }
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        && system.getMaxFileDescriptorCount() < connections + OTHER_FILES) {
      throw new IllegalArgumentException(
          "%,d connections need as many open files, this process may have %,d: see ulimit -n"
              .formatted(connections, system.getMaxFileDescriptorCount()));
    }
  }

  private static void within(String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s must be %s to %s, got %s".formatted(option, plain(least), plain(most), plain(value)));
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  private List<URI> targets() {
    var targets = new ArrayList<URI>();
    for (String url : urls) {
      targets.add(target(url));
    }
    return targets;
  }

  private static URI target(String url) {
    try {
      URI uri = URI.create(url);
      boolean known = "ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
      if (known && uri.getHost() != null) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() || path.equals("/") ? uri.resolve("/ws") : uri;
      }
    } catch (IllegalArgumentException e) {
      throw wrong(url);
    }
    throw wrong(url);
  }

  private static IllegalArgumentException wrong(String url) {
    return new IllegalArgumentException(
        "--url must be ws://host:port or wss://host:port, got \"" + url + '"');
  }
}
