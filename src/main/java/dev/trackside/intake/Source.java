package dev.trackside.intake;

import java.util.Locale;

/** Where fixes come from: a way in, or a phone app. The intake counts each by itself. */
public enum Source {
  WEBSOCKET,
  HTTP,
  REHEARSAL,
  OWNTRACKS,
  OVERLAND,
  TRACCAR_JSON,
  TRACCAR,
  OSMAND,
  GPSLOGGER,
  /** A phone app that is not known. */
  UNKNOWN_APP;

  /** The public name, such as {@code traccar-json}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
