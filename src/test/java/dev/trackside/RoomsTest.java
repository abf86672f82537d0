package dev.trackside;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds what the compiled packages use against the house's plan of rooms. */
class RoomsTest {
  /** The rooms that a room may use. */
  private record Room(Set<String> rooms) {}

  private static final String ROOT = "dev.trackside";
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern DEPENDENCY = Pattern.compile("\\s+(\\S+)\\s+->\\s+(\\S+)\\s+.*");
  private static final Set<String> EVERYWHERE =
      Set.of("java", "javax", "jdk", "org.jspecify", "org.slf4j");

  /** Rooms that do not know each other: each can be taken away. */
  private static final Set<String> EDGES =
      Set.of("live", "api", "pages", "phone", "history", "demo", "ops");

  private static final Map<String, Room> ROOMS =
      Map.ofEntries(
          entry("track", room("")),
          entry("log", room("track")),
          entry("access", room("track")),
          entry("caller", room("")),
          entry("run", room("track access")),
          entry("history", room("track log access")),
          entry("intake", room("track run access")),
          entry("connection", room("")),
          entry("memory", room("")),
          entry("hub", room("track connection memory")),
          entry("json", room("track run")),
          entry("picture", room("track run")),
          entry("setup", room("")),
          entry("sight", room("track run access hub json")),
          entry("http", room("caller")),
          entry("websocket", room("connection")),
          entry("sse", room("connection")),
          entry("call", room("track run access caller intake memory")),
          entry(
              "live",
              room("track run access caller hub intake json call connection websocket sse")),
          entry("api", room("track run access caller hub intake json call sight setup")),
          entry("pages", room("track run access call sight picture setup")),
          entry("phone", room("track run access intake json call")),
          entry("demo", room("track access intake")),
          entry("ops", room("")),
          entry("options", room("caller history http live memory pages sse websocket")));

  /** What belongs to some rooms, and to nobody else beside the root. */
  private static final Map<String, Set<String>> OWNED =
      Map.ofEntries(
          entry("java.sql", Set.of("history")),
          entry("java.awt", Set.of("picture")),
          entry("javax.imageio", Set.of("picture")),
          entry("org.sqlite", Set.of("history")),
          entry("info.picocli", Set.of("options")),
          entry("picocli", Set.of("options")),
          entry("io.jenetics.jpx", Set.of("demo")),
          entry("io.nayuki.qrcodegen", Set.of("setup")),
          entry("io.github.bucket4j", Set.of("caller", "live")),
          entry("com.sun.management", Set.of("http")),
          entry("org.eclipse.jetty", Set.of("http", "connection", "websocket", "sse")),
          entry("jakarta.servlet", Set.of("sse", "call", "api", "pages", "phone", "live")),
          entry(
              "io.javalin", Set.of("http", "sse", "call", "live", "api", "pages", "phone", "ops")),
          entry("tools.jackson", Set.of("json", "setup", "sight", "call", "live", "api", "phone")));

  /** The classes of the hub, each of which may use those before it, and none behind it. */
  private static final List<Set<String>> HUB =
      List.of(
          Set.of("Delivery", "Notice", "Encoder", "Start", "Spans"),
          Set.of(
              "SubscribeOptions",
              "Turn",
              "LogReads",
              "ReplayTurns",
              "Watchers",
              "Tail",
              "Arrivals",
              "Joining",
              "Brought",
              "SlowReaders"),
          Set.of(
              "Outbox",
              "PresenceTracker",
              "Lane",
              "TrailRest",
              "LatestOfTwo",
              "ReplaySteps",
              "Neighbours"),
          Set.of("Outlet", "StatusWatch", "NewestReads"),
          Set.of("Member"),
          Set.of("Channel"),
          Set.of("ReplayPieces", "LiveStart"),
          Set.of("Channels", "Replay"),
          Set.of("Subscription"),
          Set.of("Subscriber"),
          Set.of("Hub"));

  private record Use(String user, String used) {
    @Override
    public String toString() {
      return user + " uses " + used;
    }
  }

  private static List<Use> uses = List.of();

  private static Room room(String rooms) {
    return new Room(Set.of(rooms.split(" ")));
  }

  @BeforeAll
  static void askForPackages() throws URISyntaxException {
    uses = jdeps("-verbose:package");
  }

  private static List<Use> jdeps(String... options) throws URISyntaxException {
    Path classes = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var out = new StringWriter();
    var printer = new PrintWriter(out);
    var line = new ArrayList<>(List.of(options));
    line.add(classes.toString());
    int exit =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(printer, printer, line.toArray(String[]::new));
    assertThat(exit).as(out.toString()).isZero();
    return out.toString()
        .lines()
        .map(DEPENDENCY::matcher)
        .filter(found -> found.matches())
        .map(found -> new Use(found.group(1), found.group(2)))
        .toList();
  }

  @Test
  void everyPackageIsARoomOfThePlan() {
    assertThat(uses).extracting(Use::user).contains(ROOT, ROOT + ".track", ROOT + ".hub");
    assertThat(uses).extracting(Use::user).allMatch(user -> isRoot(user) || isPlanned(user));
  }

  @Test
  void roomUsesOnlyWhatThePlanGivesIt() {
    assertThat(uses).filteredOn(use -> isPlanned(use.user)).isNotEmpty().allMatch(RoomsTest::isFit);
  }

  @Test
  void nobodyUsesTheRoot() {
    assertThat(uses).extracting(Use::used).noneMatch(RoomsTest::isRoot);
  }

  @Test
  void edgesDoNotKnowEachOther() {
    assertThat(uses)
        .filteredOn(use -> EDGES.contains(nameOf(use.user)))
        .noneMatch(use -> EDGES.contains(nameOf(use.used)));
  }

  @Test
  void wordsUseTheJdkAlone() {
    assertThat(uses)
        .filteredOn(use -> nameOf(use.user).equals("track"))
        .extracting(Use::used)
        .allMatch(used -> isOf(used, "java") || isOf(used, "org.jspecify"));
  }

  @Test
  void hubIsBuiltInLayers() throws URISyntaxException {
    List<Use> inHub =
        jdeps("-verbose:class", "-filter:none", "-include", "dev\\.trackside\\.hub\\..*");
    assertThat(inHub)
        .filteredOn(use -> isOf(use.used, ROOT + ".hub"))
        .isNotEmpty()
        .allMatch(use -> layerOf(use.used) <= layerOf(use.user) && areApart(use));
  }

  @Test
  void noTwoTypesShareASimpleName() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .filteredOn(name -> name.endsWith(".java") && !name.equals("package-info.java"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void filesAreShortAndTheServerIsWiring() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        int most = file.endsWith("Server.java") ? 150 : 400;
        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(most);
      }
    }
  }

  /** Two classes of one layer do not know each other. */
  private static boolean areApart(Use use) {
    String user = topLevel(use.user);
    String used = topLevel(use.used);
    return user.equals(used) || layerOf(use.used) < layerOf(use.user) || layerOf(use.used) == 0;
  }

  private static int layerOf(String name) {
    for (int layer = 0; layer < HUB.size(); layer++) {
      if (HUB.get(layer).contains(topLevel(name))) {
        return layer;
      }
    }
    throw new AssertionError(name + " has no layer");
  }

  private static String topLevel(String name) {
    return name.substring(name.lastIndexOf('.') + 1).replaceFirst("\\$.*", "");
  }

  private static boolean isFit(Use use) {
    Room room = ROOMS.get(nameOf(use.user));
    if (room == null) {
      return false;
    }
    if (isOf(use.used, ROOT)) {
      return room.rooms.contains(nameOf(use.used));
    }
    for (var owned : OWNED.entrySet()) {
      if (isOf(use.used, owned.getKey())) {
        return owned.getValue().contains(nameOf(use.user));
      }
    }
    return EVERYWHERE.stream().anyMatch(library -> isOf(use.used, library));
  }

  private static boolean isRoot(String name) {
    return name.equals(ROOT);
  }

  private static boolean isPlanned(String name) {
    return ROOMS.containsKey(nameOf(name));
  }

  /** The room's name, or the empty string when it is none. */
  private static String nameOf(String name) {
    return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : "";
  }

  private static boolean isOf(String name, String prefix) {
    return name.equals(prefix) || name.startsWith(prefix + ".");
  }
}
