package dev.trackside.loadtest.race;

import java.util.Locale;

/** How a runner's positions travel. */
public enum Tongue {
  WEBSOCKET(1),
  OWNTRACKS(1),
  OVERLAND(100),
  OSMAND(1),
  TRACCAR(1),
  GPSLOGGER(1);

  private final int fixesACall;

  Tongue(int fixesACall) {
    this.fixesACall = fixesACall;
  }

  /** The most that one call takes. */
  int fixesACall() {
    return fixesACall;
  }

  boolean isPhone() {
    return this != WEBSOCKET;
  }

  /** Whether it tells moments in whole seconds. */
  boolean tellsSeconds() {
    return this == OWNTRACKS || this == TRACCAR;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The tongue of that name.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  public static Tongue parse(String word) {
    for (Tongue tongue : values()) {
      if (tongue.word().equals(word.strip())) {
        return tongue;
      }
    }
    throw new IllegalArgumentException(
        "--phones takes owntracks, overland, osmand, traccar, gpslogger and websocket, got \""
            + word
            + '"');
  }
}
