package dev.trackside.options;

import dev.trackside.caller.Origins;
import dev.trackside.caller.PublicUrl;
import dev.trackside.history.DataDirectory;
import dev.trackside.history.KeepSettings;
import dev.trackside.live.Live;
import dev.trackside.sse.StreamLimits;
import dev.trackside.websocket.ConnectionLimits;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What the operator chooses, on the command line or in the environment. */
@Command(
    name = "trackside",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Live tracking for runs and races.",
    description = {
      "",
      "Starts the server. Every option can also come from the environment:",
      "--port from TRACKSIDE_PORT, --tiles-attribution from TRACKSIDE_TILES_ATTRIBUTION.",
      ""
    },
    defaultValueProvider = Environment.class)
public final class Options {
  private static final Duration REGISTRATION = Duration.ofSeconds(10);

  @Parameters(arity = "0..1", paramLabel = "serve", description = "The only command, and implied.")
  private List<String> command = List.of();

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Converters.Port.class,
      defaultValue = "8080",
      description = "Where to listen; 0 picks a free port. Default: 8080")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "0.0.0.0",
      description = "The address to listen on. Default: 0.0.0.0, all of this machine's")
  private String host = "";

  @Option(
      names = "--data",
      paramLabel = "DIRECTORY",
      defaultValue = "./data",
      description = "Where to keep what must survive a restart. Default: ./data")
  private Path data = Path.of("data");

  @Option(
      names = "--keep",
      paramLabel = "TIME",
      converter = Converters.Time.class,
      defaultValue = "0",
      description = "How long to keep a position, such as 90m, 12h or 30d. Default: 0, for ever")
  private Duration keep = Duration.ZERO;

  @Option(
      names = "--synchronous",
      paramLabel = "full|normal",
      converter = Converters.SynchronousWord.class,
      defaultValue = "full",
      description = {
        "When a position counts as stored: when the disk has it (full), or the operating system",
        "(normal: less work for the disk, and a power cut may lose the last moments). Default: full"
      })
  private Converters.Synchronous synchronous = Converters.Synchronous.FULL;

  @Option(
      names = "--accept-lost-claims",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description = {
        "Start although access.db was lost or is older than the positions beside it: everybody",
        "who has positions becomes private, and links end."
      })
  private boolean acceptLostClaims;

  @Option(
      names = "--open",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "true",
      description = "Whether anybody may publish and follow under an id that nobody has claimed.")
  private boolean open;

  @Option(
      names = "--admin-key",
      paramLabel = "KEY",
      defaultValue = "",
      description = {
        "The key that may manage everything, better given as TRACKSIDE_ADMIN_KEY.",
        "Default: one in the file admin-key in the data directory, made at the first start"
      })
  private String adminKey = "";

  @Option(
      names = "--demo",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description = "Replay recorded runs as if they were running now: a rehearsal to watch.")
  private boolean demo;

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      split = ",",
      description = "Further sites whose pages may connect, such as https://club.example.")
  private Set<String> origins = Set.of();

  @Option(
      names = "--url",
      paramLabel = "URL",
      converter = Converters.Url.class,
      defaultValue = "",
      description = {
        "Where the world finds the server, such as https://track.example: links lead there.",
        "Default: where a caller has found it"
      })
  private PublicUrl url = new PublicUrl("");

  @Mixin private LimitOptions limits = new LimitOptions();

  @Mixin private EdgeOptions edge = new EdgeOptions();

  @Mixin private PageOptions pages = new PageOptions();

  @Option(
      names = "--silence",
      paramLabel = "SECONDS",
      converter = Converters.Seconds.class,
      defaultValue = "60",
      description = "After how long without a sign of life a connection ends. Default: 60")
  private Duration silence = Duration.ZERO;

  @Option(
      names = "--quiet",
      paramLabel = "SECONDS",
      converter = Converters.Seconds.class,
      defaultValue = "60",
      description = "After how long without a position a runner counts as quiet. Default: 60")
  private Duration quiet = Duration.ZERO;

  @Mixin private IntakeOptions intake = new IntakeOptions();

  /**
   * Reads the command line.
   *
   * @return the exit code, when the program should end at once: help was asked for, or a value is
   *     wrong
   */
  public OptionalInt read(PrintWriter out, PrintWriter err, String... args) {
    var line = new CommandLine(this).setOut(out).setErr(err);
    try {
      CommandLine.ParseResult result = line.parseArgs(args);
      Integer done = CommandLine.executeHelpRequest(result);
      if (done != null) {
        return OptionalInt.of(done);
      }
      if (!command.isEmpty() && !command.getFirst().equals("serve")) {
        throw new ParameterException(
            line, "The only command is serve, got \"" + command.getFirst() + "\".");
      }
      return OptionalInt.empty();
    } catch (ParameterException e) {
      err.println("trackside: " + e.getMessage());
      err.flush();
      return OptionalInt.of(CommandLine.ExitCode.USAGE);
    }
  }

  /**
   * What was chosen, for every room.
   *
   * @throws IllegalArgumentException when values do not go together; the message is a sentence
   */
  public Settings settings() {
    return new Settings(
        host,
        port,
        new DataDirectory.Settings(
            data,
            new KeepSettings(
                synchronous == Converters.Synchronous.FULL,
                KeepSettings.FOR_EVER.gather(),
                keep,
                intake.keepUnclaimed()),
            adminKey,
            intake.unclaimed(),
            acceptLostClaims),
        open,
        demo,
        quiet,
        url,
        origins(),
        limits.limits(),
        limits.proxies(),
        edge.limits(limits.limits().connections()),
        ConnectionLimits.USUAL.withSilence(silence),
        StreamLimits.USUAL,
        new Live.SessionSettings(REGISTRATION, Version.text(), intake.rates()),
        pages.settings());
  }

  private Origins origins() {
    var all = new HashSet<>(origins);
    all.addAll(url.origins());
    return new Origins(all);
  }
}
