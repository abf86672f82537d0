package dev.trackside;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds what the compiled packages use against the house's plan of rooms. */
class RoomsTest {
  /** What a room may use beside the JDK and jspecify: other rooms, and libraries. */
  private record Room(Set<String> rooms, Set<String> libraries) {}

  private static final String ROOT = "dev.trackside";
  private static final Pattern DEPENDENCY = Pattern.compile("\\s+(\\S+)\\s+->\\s+(\\S+)\\s+.*");
  private static final Set<String> EVERYWHERE = Set.of("java", "javax", "jdk", "org.jspecify");
  private static final Set<String> EDGES =
      Set.of("live", "api", "phone", "history", "cluster", "demo", "ops");

  private static final Map<String, Room> ROOMS =
      Map.ofEntries(
          entry("track", room("")),
          entry("trail", room("track")),
          entry("picture", room("track trail")),
          entry("hub", room("track", "org.jctools")),
          entry("websocket", room("", "org.eclipse.jetty", "org.slf4j")),
          entry("sse", room("websocket", "io.javalin", "jakarta.servlet", "org.eclipse.jetty")),
          entry("json", room("track", "tools.jackson")),
          entry(
              "live",
              room(
                  "hub track json access websocket sse",
                  "io.github.bucket4j",
                  "io.javalin",
                  "tools.jackson")),
          entry(
              "call",
              room(
                  "track hub access",
                  "io.javalin",
                  "jakarta.servlet",
                  "org.slf4j",
                  "tools.jackson")),
          entry(
              "api",
              room(
                  "track json hub access call setup trail picture",
                  "io.javalin",
                  "jakarta.servlet",
                  "org.slf4j",
                  "tools.jackson")),
          entry("setup", room("", "io.nayuki.qrcodegen", "tools.jackson")),
          entry(
              "phone",
              room("track json access call", "io.javalin", "jakarta.servlet", "tools.jackson")),
          entry("race", room("track")),
          entry("access", room("track", "io.github.bucket4j", "io.javalin", "org.slf4j")),
          entry("history", room("track access", "org.sqlite", "org.slf4j")),
          entry("cluster", room("track access", "io.nats")),
          entry("demo", room("track", "io.jenetics.jpx", "tools.jackson")),
          entry("http", room("", "com.sun.management", "org.eclipse.jetty", "org.slf4j")),
          entry("ops", room("", "io.javalin")));

  /** Parts of the JDK that belong to one room. */
  private static final Map<String, String> OWNED =
      Map.of("java.sql", "history", "java.awt", "picture", "javax.imageio", "picture");

  private record Use(String user, String used) {
    @Override
    public String toString() {
      return user + " uses " + used;
    }
  }

  private static List<Use> uses = List.of();

  private static Room room(String rooms, String... libraries) {
    return new Room(Set.of(rooms.split(" ")), Set.of(libraries));
  }

  @BeforeAll
  static void askJdeps() throws URISyntaxException {
    Path classes = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var out = new StringWriter();
    var printer = new PrintWriter(out);
    int exit =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(printer, printer, "-verbose:package", classes.toString());
    assertThat(exit).as(out.toString()).isZero();
    uses =
        out.toString()
            .lines()
            .map(DEPENDENCY::matcher)
            .filter(line -> line.matches())
            .map(line -> new Use(line.group(1), line.group(2)))
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
  void onlyTheConnectionsAndTheRootKnowJetty() {
    assertThat(uses)
        .filteredOn(use -> isOf(use.used, "org.eclipse.jetty"))
        .extracting(Use::user)
        .isSubsetOf(ROOT, ROOT + ".websocket", ROOT + ".sse", ROOT + ".http")
        .contains(ROOT + ".websocket");
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
        return owned.getValue().equals(nameOf(use.user));
      }
    }
    return EVERYWHERE.stream().anyMatch(library -> isOf(use.used, library))
        || room.libraries.stream().anyMatch(library -> isOf(use.used, library));
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
