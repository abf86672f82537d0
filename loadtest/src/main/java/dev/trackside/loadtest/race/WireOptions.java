package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.Client;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How runners and spectators talk to the server. */
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

  @Option(names = "--batch", description = "Spectators take several positions in a frame.")
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

  @Option(names = "--events", description = "Spectators take states, too.")
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
        "The server's, to claim runners of a race for --phones.",
        "Better given as TRACKSIDE_ADMIN_KEY"
      })
  private String adminKey = "";

  @Option(
      names = "--insecure",
      description = "With wss: any certificate will do, a self-signed one too.")
  private boolean insecure;

  @Option(
      names = "--client",
      paramLabel = "java-websocket|jetty",
      converter = ClientWord.class,
      description = "Default: java-websocket up to 2,000 connections, jetty beyond")
  private @Nullable Client client;

  @Option(
      names = "--unmarked",
      description = {
        "Positions carry neither their number nor when they were due, but what phones send alone:",
        "for measuring bytes."
      })
  private boolean unmarked;

  @Option(
      names = "--keep",
      description = "Leave the runners on the server; else they are erased at the end.")
  private boolean keep;

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      defaultValue = "0",
      description = "The server's process, when it is local. Default: who listens on the port")
  private int pid;

  @Option(
      names = "--heap",
      description = "Let a local server collect its garbage at the end, and tell what is left.")
  private boolean heap;

  /**
   * @throws IllegalArgumentException when one is unknown
   */
  List<Tongue> tongues() {
    return List.of(phones.split(",", -1)).stream().map(Tongue::parse).toList();
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

  @Nullable Client client() {
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
  static final class ClientWord implements ITypeConverter<Client> {
    @Override
    public Client convert(String text) {
      for (Client client : Client.values()) {
        if (client.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
          return client;
        }
      }
      throw new TypeConversionException("must be java-websocket or jetty, got \"" + text + '"');
    }
  }
}
