package dev.trackside.setup;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An app that runners already have, in the order in which they are offered. */
public enum App {
  TRACCAR("Traccar Client"),
  OWNTRACKS("OwnTracks"),
  OVERLAND("Overland"),
  GPSLOGGER("GPSLogger"),
  OSMAND("OsmAnd");

  /** What its makers call it. */
  public final String title;

  App(String title) {
    this.title = title;
  }

  /** Its name on the wire. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The systems that it runs on. */
  public List<String> systems() {
    return switch (this) {
      case TRACCAR, OWNTRACKS, OSMAND -> List.of("Android", "iOS");
      case OVERLAND -> List.of("iOS");
      case GPSLOGGER -> List.of("Android");
    };
  }

  /** What fills in the app; for one that no link fills in, the address to be pasted. */
  public String link(Endpoint endpoint) {
    return switch (this) {
      case TRACCAR -> TraccarClient.link(endpoint);
      case OWNTRACKS -> OwnTracks.link(endpoint);
      case OVERLAND -> Overland.link(endpoint);
      case GPSLOGGER -> GpsLogger.link(endpoint);
      case OSMAND -> OsmAnd.link(endpoint);
    };
  }

  /** The settings as a file, if the app reads one. */
  public Optional<Attachment> file(Endpoint endpoint) {
    return switch (this) {
      case GPSLOGGER -> Optional.of(GpsLogger.file(endpoint));
      case TRACCAR, OWNTRACKS, OVERLAND, OSMAND -> Optional.empty();
    };
  }
}
