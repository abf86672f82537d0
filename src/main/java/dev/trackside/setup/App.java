package dev.trackside.setup;

import java.util.List;
import java.util.Locale;

/** An app that runners already have, in the order of the offer. */
public enum App {
  TRACCAR("Traccar Client"),
  OWNTRACKS("OwnTracks"),
  OVERLAND("Overland"),
  GPSLOGGER("GPSLogger"),
  OSMAND("OsmAnd");

  /** The name of GPSLogger's settings file, from which the app takes the name of the profile. */
  public static final String GPSLOGGER_FILE = "trackside.properties";

  /**
   * Without these, Traccar Client reports every 300 s or 75 m, and on Android at most every 30 s
   * whatever the interval.
   */
  private static final String TRACCAR_RACE =
      "&accuracy=highest&interval=1&fastest_interval=1&distance=0&angle=0&stop_detection=false"
          + "&buffer=true&wakelock=true";

  /**
   * With an interval of 0 GPSLogger logs every fix, one a second; with 1 it would leave out those
   * that come a moment early. An accuracy of 0 filters nothing.
   */
  private static final String GPSLOGGER_RACE =
      """
      log_customurl_method=GET
      log_customurl_body=
      log_customurl_headers=
      log_customurl_basicauth_username=
      log_customurl_basicauth_password=
      log_customurl_discard_offline_locations_enabled=false
      time_before_logging=0
      distance_before_logging=0
      accuracy_before_logging=0
      keep_fix=true
      log_satellite_locations=true
      log_network_locations=false
      log_passive_locations=false
      activityrecognition_dontlogifstill=false
      only_log_if_significant_motion=false
      """;

  /** The name of the app as its makers write it. */
  public final String title;

  App(String title) {
    this.title = title;
  }

  /** Its name on the wire. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public List<String> systems() {
    return switch (this) {
      case TRACCAR, OWNTRACKS, OSMAND -> List.of("Android", "iOS");
      case OVERLAND -> List.of("iOS");
      case GPSLOGGER -> List.of("Android");
    };
  }

  /**
   * The link that fills in the app. OsmAnd has none, and gets the address to paste: its fourth
   * value, named {@code hdop} in its own template, is the accuracy in metres, its third the phone's
   * clock in milliseconds. Overland's address holds the key, so there is no token to fill in;
   * without the parameter the app forgets an old one.
   */
  public String link(Endpoint endpoint) {
    String address = endpoint.address();
    return switch (this) {
      case TRACCAR -> address + "?id=" + Endpoint.encoded(endpoint.runner()) + TRACCAR_RACE;
      case OWNTRACKS -> OwnTracks.link(endpoint);
      case OVERLAND ->
          "overland://setup?url="
              + Endpoint.encoded(address)
              + "&device_id="
              + Endpoint.encoded(endpoint.device());
      case GPSLOGGER -> "gpslogger://properties/" + address + "/" + GPSLOGGER_FILE;
      case OSMAND ->
          address
              + "?lat={0}&lon={1}&timestamp={2}&accuracy={3}&altitude={4}&speed={5}&bearing={6}"
              + "&speed_unit=mps";
    };
  }

  /** The text of GPSLogger's settings file. */
  public static String gpsLoggerFile(Endpoint endpoint) {
    return "log_customurl_enabled=true\nlog_customurl_url="
        + endpoint.address()
        + "?lat=%LAT&longitude=%LON&time=%TIME&s=%SPD&acc=%ACC&alt=%ALT&dir=%DIR&batt=%BATT\n"
        + GPSLOGGER_RACE;
  }
}
