package dev.trackside.intake;

import java.util.Locale;

/** What brings fixes: a way in, or a phone app. The counters of the intake are kept for each. */
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
  /** A phone app of which nothing is known. */
  UNKNOWN_APP;

  /** As people and programs are told, such as {@code traccar-json}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
