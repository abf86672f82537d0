package dev.trackside.loadtest.race;

import java.util.Locale;

/** How a runner sends positions. */
public enum RunnerProtocol {
  WEBSOCKET(1),
  OWNTRACKS(1),
  OVERLAND(100),
  OSMAND(1),
  TRACCAR(1),
  GPSLOGGER(1);

  private final int fixesACall;

  RunnerProtocol(int fixesACall) {
    this.fixesACall = fixesACall;
  }

  /** The most fixes in one call. */
  int fixesACall() {
    return fixesACall;
  }

  boolean isPhone() {
    return this != WEBSOCKET;
  }

  /** Whether its times are whole seconds. */
  boolean hasWholeSeconds() {
    return this == OWNTRACKS || this == TRACCAR;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a protocol by its name.
   *
   * @throws IllegalArgumentException when there is none of this name
   */
  public static RunnerProtocol parse(String name) {
    for (RunnerProtocol protocol : values()) {
      if (protocol.wireName().equals(name.strip())) {
        return protocol;
      }
    }
    throw new IllegalArgumentException(
        "--phones takes owntracks, overland, osmand, traccar, gpslogger and websocket, got \""
            + name
            + '"');
  }
}
