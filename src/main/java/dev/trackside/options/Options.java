package dev.trackside.options;

import static java.util.Objects.requireNonNull;

import dev.trackside.caller.AddressBlock;
import dev.trackside.caller.Limits;
import dev.trackside.caller.Origins;
import dev.trackside.caller.Proxies;
import dev.trackside.caller.PublicUrl;
import dev.trackside.history.DataDirectory;
import dev.trackside.history.KeepSettings;
import dev.trackside.http.EdgeLimits;
import dev.trackside.live.Live;
import dev.trackside.live.Rates;
import dev.trackside.memory.MemoryBudget;
import dev.trackside.pages.PageSettings;
import dev.trackside.sse.StreamLimits;
import dev.trackside.websocket.ConnectionLimits;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** What the operator chooses, on the command line or in the environment. */
public final class Options {
  private static final Function<String, String> TEXT = Function.identity();
  private static final Duration REGISTRATION = Duration.ofSeconds(10);

  private final CommandSpec spec = CommandSpec.create().name("trackside");

  private final Supplier<Integer> port =
      number("--port", 8080, 0, 65_535, "Where to listen; 0 picks a free port.");
  private final Supplier<String> host =
      option(
          "--host",
          "ADDRESS",
          "0.0.0.0",
          Words::host,
          "The address to listen on; 0.0.0.0 is all of them.");
  private final Supplier<Path> data =
      option(
          "--data",
          "DIRECTORY",
          "./data",
          Words::directory,
          "Where to keep what must survive a restart.");
  private final Supplier<Duration> keep =
      time("--keep", "0", "How long to keep a position, such as 90m, 12h or 30d; 0 is for ever.");
  private final Supplier<Boolean> synchronous =
      option(
          "--synchronous",
          "full|normal",
          "full",
          Words::synchronous,
          "When a position counts as stored: once the disk has it (full), or once the operating"
              + " system has it (normal: less work for the disk, and a power cut may lose the last moments).");
  private final Supplier<Boolean> acceptLostClaims =
      flag(
          "--accept-lost-claims",
          false,
          "Start although access.db is lost or older than the positions beside it: everybody who has"
              + " positions becomes private, and links end.");
  private final Supplier<Boolean> open =
      flag(
          "--open",
          true,
          "Whether anybody may publish and follow under an id that nobody has claimed.");
  private final Supplier<String> adminKey =
      option(
          "--admin-key",
          "KEY",
          "",
          TEXT,
          "The key that may manage everything, better given as TRACKSIDE_ADMIN_KEY. Default: the one"
              + " in the file admin-key in the data directory, made at the first start.");
  private final Supplier<Boolean> demo =
      flag("--demo", false, "Replay recorded runs as if they were happening now.");
  private final Supplier<List<String>> origins =
      list(
          "--origin",
          "ORIGIN",
          TEXT,
          "Further sites whose pages may connect, such as https://club.example.");
  private final Supplier<PublicUrl> url =
      option(
          "--url",
          "URL",
          "",
          PublicUrl::new,
          "Where the world finds the server, such as https://track.example: links lead there."
              + " Default: the address that a caller has used.");
  private final Supplier<List<AddressBlock>> proxies =
      list(
          "--proxy",
          "ADDRESS",
          AddressBlock::of,
          "Proxies whose X-Forwarded-For, -Proto and -Host are believed: addresses or blocks such as"
              + " 10.0.0.0/8.");
  private final Supplier<Integer> addressConnections =
      count("--address-connections", 500, "How many connections one address may have open.");
  private final Supplier<Integer> addressHandshakes =
      count("--address-handshakes", 50, "How many connections one address may open in a second.");
  private final Supplier<Integer> addressClaims =
      count(
          "--address-claims",
          10,
          "How many runners one address may claim in a second, and how many it may change or erase;"
              + " five times as many at once.");
  private final Supplier<Integer> addressPositions =
      count(
          "--address-positions",
          1_000,
          "How many positions a second one address may bring, whatever brings them.");
  private final Supplier<Integer> addressBurst =
      count("--address-burst", 20_000, "How many positions one address may bring at once.");
  private final Supplier<Integer> addressWrongKeys =
      number(
          "--address-wrong-keys",
          20,
          1,
          1_000,
          "How many wrong keys within a minute make an address wait.");
  private final Supplier<Boolean> limitLoopback =
      flag("--limit-loopback", false, "Whether these limits hold for this machine itself too.");
  private final Supplier<Integer> connections =
      option(
          "--connections",
          "N",
          "0",
          Words::connections,
          "How many connections there may be; any beyond them are answered 503. 0 is as many as the"
              + " limit of open files allows.");
  private final Supplier<Duration> patience =
      seconds(
          "--patience",
          10,
          "How long a request may take until its head is complete, and how far a body or a reader"
              + " may fall behind --slowest.");
  private final Supplier<Integer> slowest =
      option(
          "--slowest",
          "BYTES",
          "1024",
          Words.wholeNumber(1, 1 << 20),
          "How many bytes a second a body must bring, and an answer be read with.");
  private final Supplier<Duration> idle =
      seconds(
          "--idle",
          30,
          "How long a connection is kept for a further request; a proxy in front should keep it for"
              + " less.");
  private final Supplier<String> tiles =
      option(
          "--tiles", "URL", "", TEXT, "Map tiles, such as https://tiles.example/{z}/{x}/{y}.png.");
  private final Supplier<String> tilesAttribution =
      option("--tiles-attribution", "TEXT", "", TEXT, "Whom the map thanks for the tiles.");
  private final Supplier<List<String>> embed =
      list(
          "--embed",
          "ORIGIN",
          TEXT,
          "Sites whose pages may embed the map of a runner or a race, such as https://club.example.");
  private final Supplier<Duration> silence =
      seconds("--silence", 60, "After how long without a sign of life a connection ends.");
  private final Supplier<Duration> quiet =
      seconds("--quiet", 60, "After how long without a position a runner counts as quiet.");
  private final Supplier<Integer> rate =
      count(
          "--connection-positions",
          100,
          "How many positions a second a connection may bring, as long as it lasts.");
  private final Supplier<Integer> burst =
      count("--connection-burst", 1_000, "How many positions a connection may bring at once.");
  private final Supplier<Integer> newIds =
      count(
          "--connection-new-ids",
          1_000,
          "How many new ids that nobody has claimed a connection may bring a minute.");
  private final Supplier<Integer> memory =
      number(
          "--memory",
          25,
          1,
          75,
          "How much of the heap, in percent, clients together may make the server hold while it waits"
              + " for them.");
  private final Supplier<Integer> unclaimed =
      number(
          "--unclaimed",
          10_000,
          0,
          1_000_000,
          "How many ids that nobody has claimed may have positions.");
  private final Supplier<Integer> claims =
      count("--claims", 100_000, "How many runners may be claimed.");
  private final Supplier<Duration> keepUnused =
      time(
          "--keep-unused",
          "30d",
          "How long to keep a claim whose runner has never had a position; 0 is for ever, and so it"
              + " is for runners in races.");
  private final Supplier<Duration> keepUnclaimed =
      time(
          "--keep-unclaimed",
          "7d",
          "How long to keep a position under an id that nobody has claimed, if --keep is not shorter;"
              + " 0 is as long as --keep says.");

  private final PositionalParamSpec command =
      PositionalParamSpec.builder()
          .paramLabel("serve")
          .arity("0..1")
          .description("The only command, and implied.")
          .build();
  private @Nullable Settings settings;

  public Options() {
    spec.usageMessage()
        .sortOptions(false)
        .header("Live tracking for runs and races.")
        .description(
            "",
            "Starts the server. Every option can also come from the environment:",
            "--port from TRACKSIDE_PORT, --tiles-attribution from TRACKSIDE_TILES_ATTRIBUTION.",
            "");
    spec.addPositional(command)
        .mixinStandardHelpOptions(true)
        .versionProvider(() -> new String[] {Version.text()})
        .defaultValueProvider(Options::fromEnvironment);
  }

  private Supplier<Integer> number(String name, int usual, int least, int most, String help) {
    return option(name, "N", String.valueOf(usual), Words.wholeNumber(least, most), help);
  }

  private Supplier<Integer> count(String name, int usual, String help) {
    return number(name, usual, 1, 1_000_000, help);
  }

  private Supplier<Duration> seconds(String name, int usual, String help) {
    return option(name, "SECONDS", String.valueOf(usual), Words::seconds, help);
  }

  private Supplier<Duration> time(String name, String usual, String help) {
    return option(name, "TIME", usual, Words::time, help);
  }

  private Supplier<Boolean> flag(String name, boolean usual, String help) {
    var option = OptionSpec.builder(name).arity("0..1").fallbackValue("true");
    return add(option, "true|false", String.valueOf(usual), Words::truth, help)::getValue;
  }

  private <T> Supplier<T> option(
      String name, String label, String usual, Function<String, T> reader, String help) {
    return add(OptionSpec.builder(name).arity("1"), label, usual, reader, help)::getValue;
  }

  private <T> Supplier<List<T>> list(
      String name, String label, Function<String, T> reader, String help) {
    var several = OptionSpec.builder(name).arity("1").type(List.class).splitRegex(",");
    OptionSpec option = add(several, label, "", reader, help);
    return () -> {
      List<T> chosen = option.getValue();
      return chosen == null ? List.of() : chosen;
    };
  }

  private OptionSpec add(
      OptionSpec.Builder builder,
      String label,
      String usual,
      Function<String, ?> reader,
      String help) {
    OptionSpec option =
        builder
            .paramLabel(label)
            .auxiliaryTypes(Object.class)
            .converters(value -> read(reader, value.strip()))
            .defaultValue(builder.type() == List.class ? null : usual)
            .description(help + (usual.isEmpty() ? "" : " Default: " + usual))
            .build();
    spec.addOption(option);
    return option;
  }

  private static Object read(Function<String, ?> reader, String value) {
    try {
      return reader.apply(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage() + ".");
    }
  }

  private static @Nullable String fromEnvironment(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? System.getenv(
            "TRACKSIDE_"
                + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT))
        : null;
  }

  /**
   * Reads the command line.
   *
   * @return the exit code, when the program should end at once: help was asked for, or a value is
   *     wrong
   */
  public OptionalInt read(PrintWriter out, PrintWriter err, String... args) {
    var line = new CommandLine(spec).setOut(out).setErr(err);
    try {
      Integer done = CommandLine.executeHelpRequest(line.parseArgs(args));
      if (done != null) {
        return OptionalInt.of(done);
      }
      String word = command.getValue();
      if (word != null && !word.equals("serve")) {
        throw new IllegalArgumentException("The only command is serve, got \"" + word + "\"");
      }
      settings = chosen();
      return OptionalInt.empty();
    } catch (ParameterException e) {
      return wrong(err, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return wrong(err, e.getMessage() + ".");
    }
  }

  private static OptionalInt wrong(PrintWriter err, String sentence) {
    err.println("trackside: " + sentence);
    err.flush();
    return OptionalInt.of(CommandLine.ExitCode.USAGE);
  }

  /** What was chosen, for every room, once the command line has been read. */
  public Settings settings() {
    return requireNonNull(settings, "the command line was not read");
  }

  private Settings chosen() {
    return new Settings(
        host.get(),
        port.get(),
        new DataDirectory.Settings(
            data.get(),
            new KeepSettings(
                synchronous.get(), KeepSettings.FOR_EVER.gather(), keep.get(), keepUnclaimed.get()),
            adminKey.get(),
            unclaimed.get(),
            claims.get(),
            keepUnused.get(),
            acceptLostClaims.get()),
        open.get(),
        demo.get(),
        quiet.get(),
        url.get(),
        allOrigins(),
        new Limits(
            addressConnections.get(),
            addressHandshakes.get(),
            addressClaims.get(),
            addressWrongKeys.get(),
            addressPositions.get(),
            addressBurst.get(),
            limitLoopback.get()),
        new Proxies(proxies.get()),
        new EdgeLimits(
            connections.get(),
            2 * addressConnections.get(),
            patience.get(),
            slowest.get(),
            idle.get()),
        ConnectionLimits.USUAL.withSilence(silence.get()),
        StreamLimits.USUAL,
        new Live.SessionSettings(
            REGISTRATION, Version.text(), new Rates(rate.get(), burst.get(), newIds.get())),
        MemoryBudget.ofHeap(memory.get()),
        new PageSettings(tiles.get(), tilesAttribution.get(), Set.copyOf(embed.get())));
  }

  private Origins allOrigins() {
    var all = new HashSet<>(origins.get());
    all.addAll(url.get().origins());
    return new Origins(all);
  }
}
