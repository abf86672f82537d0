package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.ClientLibrary;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for connections and protocols. */
final class WireOptions {
  @Option(
      names = "--phones",
      paramLabel = "APPS",
      defaultValue = "websocket",
      description = {
        "How runners report, in turn: owntracks, overland, osmand, traccar, gpslogger, websocket.",
        "Default: websocket"
      })
  private String phones = "websocket";

  @Option(names = "--batch", description = "Let spectators get several positions in a frame.")
  private boolean batch;

  @Option(
      names = "--codec",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The encoding that spectators ask for, such as compact. Default: JSON")
  private String codec = "";

  @Option(
      names = "--pace",
      paramLabel = "MS",
      description = "Milliseconds between two writes of a feed. Default: the server's")
  private @Nullable Integer pace;

  @Option(names = "--compression", description = "Offer permessage-deflate.")
  private boolean compression;

  @Option(names = "--events", description = "Let spectators get events, too.")
  private boolean events;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "",
      description = "A link's key, for spectators.")
  private String key = "";

  @Option(
      names = "--admin-key",
      paramLabel = "KEY",
      defaultValue = "${env:TRACKSIDE_ADMIN_KEY:-}",
      description = {
        "The server's admin key, to claim runners in a race for --phones.",
        "Better set as TRACKSIDE_ADMIN_KEY"
      })
  private String adminKey = "";

  @Option(
      names = "--insecure",
      description = "With wss: accept any certificate, even a self-signed one.")
  private boolean insecure;

  @Option(
      names = "--client",
      paramLabel = "java-websocket|jetty",
      converter = LibraryConverter.class,
      description = "Default: java-websocket up to 2,000 connections, jetty beyond")
  private @Nullable ClientLibrary client;

  @Option(
      names = "--unmarked",
      description = {
        "Send positions without their number and due time, just as phones do, to measure bytes."
      })
  private boolean unmarked;

  @Option(
      names = "--keep",
      description = "Leave the runners on the server instead of erasing them at the end.")
  private boolean keep;

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      defaultValue = "0",
      description = "The process of a local server. Default: the one that listens on the port")
  private int pid;

  @Option(
      names = "--heap",
      description = "Make a local server collect its garbage at the end, and report the heap.")
  private boolean heap;

  /**
   * @throws IllegalArgumentException when a name is unknown
   */
  List<RunnerProtocol> protocols() {
    return List.of(phones.split(",", -1)).stream().map(RunnerProtocol::parse).toList();
  }

  Registration registration() {
    return new Registration(batch, codec, pace, events, key);
  }

  boolean compression() {
    return compression;
  }

  String adminKey() {
    return adminKey;
  }

  boolean insecure() {
    return insecure;
  }

  @Nullable ClientLibrary client() {
    return client;
  }

  boolean unmarked() {
    return unmarked;
  }

  boolean keep() {
    return keep;
  }

  int pid() {
    return pid;
  }

  boolean heap() {
    return heap;
  }

  /** The name of a library. */
  static final class LibraryConverter implements ITypeConverter<ClientLibrary> {
    @Override
    public ClientLibrary convert(String text) {
      for (ClientLibrary client : ClientLibrary.values()) {
        if (client.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
          return client;
        }
      }
      throw new TypeConversionException("must be java-websocket or jetty, got \"" + text + '"');
    }
  }
}
