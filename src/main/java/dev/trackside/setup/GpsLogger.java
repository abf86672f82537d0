package dev.trackside.setup;

/**
 * GPSLogger fetches a file of properties from the address behind {@code gpslogger://properties/},
 * and names the profile after the file.
 */
final class GpsLogger {
  private static final String NAME = "trackside.properties";

  /**
   * The app logs with an interval of 0 whatever the receiver brings, a fix a second; with 1 it
   * would leave out every fix that comes a moment early. An accuracy of 0 filters nothing.
   */
  private static final String RACE =
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

  private GpsLogger() {}

  static String link(Endpoint endpoint) {
    return "gpslogger://properties/" + endpoint.address() + "/" + NAME;
  }

  static Attachment file(Endpoint endpoint) {
    String text = "log_customurl_enabled=true\nlog_customurl_url=" + template(endpoint) + "\n";
    return new Attachment(NAME, text + RACE);
  }

  private static String template(Endpoint endpoint) {
    return endpoint.address()
        + "?lat=%LAT&longitude=%LON&time=%TIME&s=%SPD&acc=%ACC&alt=%ALT&dir=%DIR&batt=%BATT";
  }
}
