package dev.trackside.setup;

/** Traccar Client takes its settings from the query of the address that its scanner reads. */
final class TraccarClient {
  /**
   * Without these the app reports every 300 s or 75 m, and on Android no faster than every 30 s
   * whatever the interval.
   */
  private static final String RACE =
      "&accuracy=highest&interval=1&fastest_interval=1&distance=0&angle=0&stop_detection=false"
          + "&buffer=true&wakelock=true";

  private TraccarClient() {}

  static String link(Endpoint endpoint) {
    return endpoint.address() + "?id=" + Endpoint.encoded(endpoint.runner()) + RACE;
  }
}
