package dev.trackside;

import dev.trackside.access.PublicUrl;
import dev.trackside.api.PageTerms;
import dev.trackside.history.Keeping;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What the operator has chosen, on the command line or in the environment. */
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
    defaultValueProvider = Settings.Environment.class)
public final class Settings {
  @Parameters(arity = "0..1", paramLabel = "serve", description = "The only command, and implied.")
  private List<String> command = List.of();

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Port.class,
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
      converter = Time.class,
      defaultValue = "0",
      description = "How long to keep a position, such as 90m, 12h or 30d. Default: 0, for ever")
  private Duration keep = Duration.ZERO;

  @Option(
      names = "--synchronous",
      paramLabel = "full|normal",
      converter = SynchronousWord.class,
      defaultValue = "full",
      description = {
        "When a position counts as stored: when the disk has it (full), or the operating system",
        "(normal: less work for the disk, and a power cut may lose the last moments). Default: full"
      })
  private Synchronous synchronous = Synchronous.FULL;

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
      converter = Url.class,
      defaultValue = "",
      description = {
        "Where the world finds the server, such as https://track.example: links lead there.",
        "Default: where a caller has found it"
      })
  private PublicUrl url = new PublicUrl("");

  @Mixin private LimitSettings limits = new LimitSettings();

  @Mixin private EdgeSettings edge = new EdgeSettings();

  @Mixin private PageSettings pages = new PageSettings();

  @Option(
      names = "--silence",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      defaultValue = "60",
      description = "After how long without a sign of life a connection ends. Default: 60")
  private Duration silence = Duration.ZERO;

  @Option(
      names = "--quiet",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      defaultValue = "60",
      description = "After how long without a position a runner counts as quiet. Default: 60")
  private Duration quiet = Duration.ZERO;

  @Mixin private IntakeSettings intake = new IntakeSettings();

  /**
   * Reads the command line into these settings.
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

  int port() {
    return port;
  }

  String host() {
    return host;
  }

  Path data() {
    return data;
  }

  Keeping keeping() {
    return new Keeping(
        synchronous == Synchronous.FULL, Keeping.FOR_EVER.gather(), keep, intake.keepUnclaimed());
  }

  IntakeSettings intake() {
    return intake;
  }

  boolean open() {
    return open;
  }

  String adminKey() {
    return adminKey;
  }

  boolean demo() {
    return demo;
  }

  Set<String> origins() {
    return origins;
  }

  PublicUrl url() {
    return url;
  }

  LimitSettings limits() {
    return limits;
  }

  EdgeSettings edge() {
    return edge;
  }

  PageTerms pages() {
    return pages.terms();
  }

  Duration silence() {
    return silence;
  }

  Duration quiet() {
    return quiet;
  }

  /** Takes defaults from TRACKSIDE_… variables. */
  static final class Environment implements CommandLine.IDefaultValueProvider {
    @Override
    public @Nullable String defaultValue(CommandLine.Model.ArgSpec argument) {
      return argument instanceof CommandLine.Model.OptionSpec option
          ? System.getenv(
              "TRACKSIDE_"
                  + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT))
          : null;
    }
  }

  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return (int) wholeNumber(value, 0, 65_535);
    }
  }

  static final class Url implements ITypeConverter<PublicUrl> {
    @Override
    public PublicUrl convert(String value) {
      try {
        return new PublicUrl(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage() + ".");
      }
    }
  }

  static final class Seconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return Duration.ofSeconds(wholeNumber(value, 1, 86_400));
    }
  }

  static final class Time implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,5})([mhd])");

    @Override
    public Duration convert(String value) {
      Matcher time = TIME.matcher(value);
      if (value.equals("0")) {
        return Duration.ZERO;
      } else if (time.matches()) {
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
      }
      throw new TypeConversionException(
          "must be 0 (for ever) or a number with m, h or d such as 30d, got \"" + value + "\".");
    }
  }

  enum Synchronous {
    FULL,
    NORMAL
  }

  static final class SynchronousWord implements ITypeConverter<Synchronous> {
    @Override
    public Synchronous convert(String value) {
      return switch (value) {
        case "full" -> Synchronous.FULL;
        case "normal" -> Synchronous.NORMAL;
        default ->
            throw new TypeConversionException("must be full or normal, got \"" + value + "\".");
      };
    }
  }

  static long wholeNumber(String value, int least, int most) {
    if (value.matches("\\d{1,9}")) {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new TypeConversionException(
        "must be a whole number from " + least + " to " + most + ", got \"" + value + "\".");
  }
}
